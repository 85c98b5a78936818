// Package tls stands in for crypto/tls in the edge's build: the names that
// net/http needs to compile, and nothing that could encrypt.
//
// A Worker never does TLS. The platform ends it before a request comes in, and
// fetch does it for those that go out. net/http links all of crypto/tls for it
// even so, with X.509, RSA and the elliptic curves: a sixth of the program.
package tls

import (
	"context"
	"errors"
	"net"
)

// ErrNone is what every attempt to speak TLS returns.
var ErrNone = errors.New("tls: not part of this build")

const (
	VersionTLS12 = 0x0303
	VersionTLS13 = 0x0304
)

// ConnectionState is that of no connection: Request.TLS is always nil.
type ConnectionState struct {
	Version                    uint16
	NegotiatedProtocol         string
	NegotiatedProtocolIsMutual bool
	ServerName                 string
}

type (
	Certificate     struct{}
	ClientHelloInfo struct{}
)

type Config struct {
	Certificates       []Certificate
	GetCertificate     func(*ClientHelloInfo) (*Certificate, error)
	GetConfigForClient func(*ClientHelloInfo) (*Config, error)
	NextProtos         []string
	ServerName         string
}

func (c *Config) Clone() *Config {
	clone := *c
	return &clone
}

type Conn struct{ net.Conn }

func (*Conn) ConnectionState() ConnectionState       { return ConnectionState{} }
func (*Conn) HandshakeContext(context.Context) error { return ErrNone }
func (*Conn) VerifyHostname(string) error            { return ErrNone }

func Client(c net.Conn, _ *Config) *Conn                   { return &Conn{c} }
func NewListener(l net.Listener, _ *Config) net.Listener   { return l }
func LoadX509KeyPair(_, _ string) (c Certificate, _ error) { return c, ErrNone }

// RecordHeaderError is what a server would get from a client that speaks no TLS.
type RecordHeaderError struct {
	RecordHeader [5]byte
	Conn         net.Conn
}

func (RecordHeaderError) Error() string { return ErrNone.Error() }
