package server

import (
	"net/http"
	"net/netip"
	"strings"
)

// clientOf is whose request it is: an IPv4 address, or the /64 of an IPv6 address,
// all of which one customer of a provider has. Behind proxies it is the address
// that the first of them saw; what a client writes into X-Forwarded-For stands
// before that and counts for nothing.
func clientOf(r *http.Request, proxies int) netip.Prefix {
	if proxies > 0 {
		seen := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if len(seen) >= proxies {
			if a, ok := parseAddress(strings.TrimSpace(seen[len(seen)-proxies])); ok {
				return a
			}
		}
	}
	a, _ := parseAddress(r.RemoteAddr)
	return a
}

// parseAddress reads an address with or without a port.
func parseAddress(text string) (netip.Prefix, bool) {
	a, err := netip.ParseAddr(text)
	if err != nil {
		with, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Prefix{}, false
		}
		a = with.Addr()
	}
	a = a.Unmap().WithZone("")
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	return p, err == nil
}
