package registry

// Graph returns of how many consumers there are links, and of how many owners entries, in all registries.
func Graph() (consumers, owners int) {
	links.mu.Lock()
	defer links.mu.Unlock()
	return len(links.suppliers), len(links.entries)
}

// Names returns how many names the registry has a slot for, and how many watchers.
func (r *Registry) Names() (slots, watchers int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.table.n, len(r.watchers)
}
