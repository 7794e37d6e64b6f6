// Package watch has the examples for watches of k8s.io/client-go.
package watch

import (
	"context"
	"io"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// M101: nobody stops the watch.
func running(ctx context.Context, c kubernetes.Interface, ns string) (string, error) {
	w, err := c.CoreV1().Pods(ns).Watch(ctx, metav1.ListOptions{}) // want revleak
	if err != nil {
		return "", err
	}
	for e := range w.ResultChan() {
		if pod, ok := e.Object.(*corev1.Pod); ok && pod.Status.Phase == corev1.PodRunning {
			return pod.Name, nil
		}
	}
	return "", io.EOF
}

// M101: the same without types.
func any(ctx context.Context, r dynamic.ResourceInterface) (*watch.Event, error) {
	w, err := r.Watch(ctx, metav1.ListOptions{}) // want revleak
	if err != nil {
		return nil, err
	}
	e := <-w.ResultChan()
	return &e, nil
}

// M101: stopped.
func each(ctx context.Context, c kubernetes.Interface, ns string, fn func(watch.Event)) error {
	w, err := c.AppsV1().Deployments(ns).Watch(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	defer w.Stop()
	for {
		select {
		case e, ok := <-w.ResultChan():
			if !ok {
				return nil
			}
			fn(e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// M102: the stream stays open.
func logs(ctx context.Context, r *rest.Request) ([]byte, error) {
	body, err := r.Stream(ctx) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(body)
}

// M102: closed.
func copyLogs(ctx context.Context, c kubernetes.Interface, ns, pod string, to io.Writer) error {
	body, err := c.CoreV1().Pods(ns).GetLogs(pod, &corev1.PodLogOptions{}).Stream(ctx)
	if err != nil {
		return err
	}
	defer body.Close()
	_, err = io.Copy(to, body)
	return err
}
