package postil

// openMentions are mentions that their context must decide, those of one form
// together.
type openMentions struct {
	groups   map[uint64]int32 // decision keys to groups
	mentions []int32
	group    []int32 // of each of them
	sizes    []int32 // of the groups
	order    []int32 // scratch: mentions by group
}

func (o *openMentions) reset() {
	if o.groups == nil {
		o.groups = map[uint64]int32{}
	}
	clear(o.groups)
	o.mentions, o.group, o.sizes = o.mentions[:0], o.group[:0], o.sizes[:0]
}

// add adds a mention; those with equal keys are decided together.
func (o *openMentions) add(mention int, key uint64) {
	g, ok := o.groups[key]
	if !ok {
		g = int32(len(o.sizes))
		o.groups[key] = g
		o.sizes = append(o.sizes, 0)
	}
	o.sizes[g]++
	o.mentions, o.group = append(o.mentions, int32(mention)), append(o.group, g)
}

// each calls f with the mentions of one group after another, each in the order
// in which they came.
func (o *openMentions) each(f func([]int32)) {
	o.order = append(o.order[:0], o.mentions...)
	end := int32(0)
	for g, n := range o.sizes {
		o.sizes[g], end = end, end+n // from now on where the group's next is put
	}
	for i, m := range o.mentions {
		at := &o.sizes[o.group[i]]
		o.order[*at] = m
		*at++
	}
	start := int32(0)
	for _, end := range o.sizes {
		f(o.order[start:end])
		start = end
	}
}
