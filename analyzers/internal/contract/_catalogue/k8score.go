//revlint:package k8s.io/client-go/kubernetes/typed/core/v1
package v1

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// M101, by watch.Interface: Stop must always be called, as for all watches.
type ComponentStatusInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ConfigMapInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type EndpointsInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type EventInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type LimitRangeInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type NamespaceInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type NodeInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type PersistentVolumeInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type PersistentVolumeClaimInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type PodInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type PodTemplateInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ReplicationControllerInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ResourceQuotaInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type SecretInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ServiceInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}

type ServiceAccountInterface interface {
	//revlint:acquire _ guard w if err == nil
	Watch(ctx context.Context, opts metav1.ListOptions) (w watch.Interface, err error)
}
