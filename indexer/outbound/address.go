// Package outbound makes the requests that a server makes on behalf of others:
// to public addresses only, whatever a name resolves to, within a time, and
// without cookies, proxies or redirects.
package outbound

import (
	"errors"
	"fmt"
	"net/netip"
)

// ErrAddress tells that a request would have gone to an address that is not
// public.
var ErrAddress = errors.New("not a public address")

// special are the blocks that no public server is in, besides those that
// [netip.Addr] knows (RFC 6890 and its successors).
var special = [...]netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // between a carrier and its customers
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), // documentation
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"), // Teredo and other protocols
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4 holds an IPv4 address
	netip.MustParsePrefix("3fff::/20"),
}

// global is where IPv6 addresses of the public network are. NAT64, IPv4-mapped,
// IPv4-compatible, unique local and link-local ones are outside.
var global = netip.MustParsePrefix("2000::/3")

// Public returns an error unless an address is one of the public network.
func Public(a netip.Addr) error {
	refused := fmt.Errorf("%v: %w", a, ErrAddress)
	if a.Zone() != "" {
		return refused
	}
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Is6() && !global.Contains(a) {
		return refused
	}
	for _, block := range special {
		if block.Contains(a) {
			return refused
		}
	}
	return nil
}
