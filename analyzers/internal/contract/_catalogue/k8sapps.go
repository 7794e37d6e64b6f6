//revlint:package k8s.io/client-go/kubernetes/typed/apps/v1
package v1

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// M101, by watch.Interface: Stop must always be called, as for all watches.
type ControllerRevisionInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type DaemonSetInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type DeploymentInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ReplicaSetInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type StatefulSetInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}
