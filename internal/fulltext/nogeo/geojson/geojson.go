// Package geojson has the names that bleve takes from its library for shapes,
// and no shapes; see package s2.
package geojson

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/blevesearch/geo/s2"

	index "github.com/blevesearch/bleve_index_api"
)

// ErrNoGeometry is the error of everything that would need a shape.
var ErrNoGeometry = errors.New("geometry is not built in")

// GeoShape describes a shape.
type GeoShape struct {
	Coordinates [][][][]float64
	Type        string
	Center      []float64
	Radius      string
}

// shape is a shape of which only the kind is known.
type shape string

func (s shape) Type() string                           { return string(s) }
func (s shape) Intersects(index.GeoJSON) (bool, error) { return false, ErrNoGeometry }
func (s shape) Contains(index.GeoJSON) (bool, error)   { return false, ErrNoGeometry }
func (s shape) Value() ([]byte, error)                 { return nil, ErrNoGeometry }

// GeometryCollection is several shapes.
type GeometryCollection struct {
	shape
	Shapes []index.GeoJSON
}

func NewGeometryCollection([]*GeoShape) (index.GeoJSON, []byte, error) {
	return nil, nil, ErrNoGeometry
}

func NewGeoCircleShape([]float64, string) (index.GeoJSON, []byte, error) {
	return nil, nil, ErrNoGeometry
}

func NewGeoJsonShape([][][][]float64, string) (index.GeoJSON, []byte, error) {
	return nil, nil, ErrNoGeometry
}

func ParseGeoJSONShape(json.RawMessage) (index.GeoJSON, error) { return nil, ErrNoGeometry }

func FilterGeoShapesOnRelation(index.GeoJSON, []byte, string, **bytes.Reader, *s2.GeoBufferPool) (bool, error) {
	return false, ErrNoGeometry
}

func NewGeoJsonPoint([]float64) index.GeoJSON               { return shape("point") }
func NewGeoJsonMultiPoint([][]float64) index.GeoJSON        { return shape("multipoint") }
func NewGeoJsonLinestring([][]float64) index.GeoJSON        { return shape("linestring") }
func NewGeoJsonMultilinestring([][][]float64) index.GeoJSON { return shape("multilinestring") }
func NewGeoJsonPolygon([][][]float64) index.GeoJSON         { return shape("polygon") }
func NewGeoJsonMultiPolygon([][][][]float64) index.GeoJSON  { return shape("multipolygon") }
func NewGeoCircle([]float64, string) index.GeoJSON          { return shape("circle") }
func NewGeoEnvelope([][]float64) index.GeoJSON              { return shape("envelope") }

func DeduplicateTerms(terms []string) []string   { return terms }
func StripCoveringTerms(terms []string) []string { return terms }
