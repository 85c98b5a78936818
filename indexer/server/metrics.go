package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts requests, for Prometheus.
type Metrics struct {
	registry *prometheus.Registry
	duration *prometheus.HistogramVec
	bytes    *prometheus.CounterVec
}

// NewMetrics returns metrics of requests, of the Go runtime and of the process.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "postil_request_duration_seconds",
			Help:    "Time from a request's header to the end of its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"method", "route", "status"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "postil_response_bytes_total",
			Help: "Bytes of answers' bodies.",
		}, []string{"route"}),
	}
	m.registry.MustRegister(m.duration, m.bytes, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics in Prometheus' format.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// observe counts a request that is done. What labels are made of is limited: by
// routes, not by paths.
func (m *Metrics) observe(r *http.Request, o *observed, took time.Duration) {
	if m == nil {
		return
	}
	m.duration.WithLabelValues(method(r), r.Pattern, strconv.Itoa(o.status)).Observe(took.Seconds())
	m.bytes.WithLabelValues(r.Pattern).Add(float64(o.bytes))
}
