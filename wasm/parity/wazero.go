package parity

import (
	"context"
	"errors"

	"postil/wasm/host"
)

// Wazero returns the answers of the WASI module in wazero, all of one pool.
func (s *Suite) Wazero(ctx context.Context, module []byte, cache string) ([]Answer, error) {
	sorted := s.sorted()
	open := sorted[len(sorted)-1].Index // not what the first case asks, so that it is swapped
	p, err := host.New(ctx, module, s.Indexes[open], host.Options{Instances: 1, Cache: cache})
	if err != nil {
		return nil, err
	}
	defer p.Close()
	var answers []Answer
	for _, c := range sorted {
		if c.Index != "" && c.Index != open {
			if err := p.Swap(ctx, s.Indexes[c.Index]); err != nil {
				return nil, err
			}
			open = c.Index
		}
		a, err := ask(ctx, p, c)
		if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	return answers, nil
}

func ask(ctx context.Context, p *host.Pool, c Case) (Answer, error) {
	body, err := p.Ask(ctx, c.Call, c.Options, string(c.Text))
	var own *host.Error
	if errors.As(err, &own) {
		return Answer{Name: c.Name, Failed: true, Body: own.JSON}, nil
	}
	return Answer{Name: c.Name, Body: body}, err
}
