// Package s2 has the names that bleve takes from its geometry library, and no
// geometry. bleve also indexes places on earth, and a program that can run its
// queries contains all code for that, although articles have no places: some
// 1.5 MB of the program at the edge. A replace directive in the main module's
// go.mod puts this package in the library's stead. Shapes have no terms here,
// so that a query for one finds nothing.
package s2

// Options are those of a region's terms.
type Options struct{}

func (*Options) SetMaxLevel(int)    {}
func (*Options) SetMinLevel(int)    {}
func (*Options) SetLevelMod(int)    {}
func (*Options) SetMaxCells(int)    {}
func (*Options) SetPointsOnly(bool) {}

// Region is any shape.
type Region struct{}

// CapBound is the smallest cap around the shape.
func (r Region) CapBound() Region { return r }

// The kinds of shapes that bleve makes.
type (
	LatLng struct{}
	Point  struct{}
	Loop   struct{}
)

func LatLngFromDegrees(_, _ float64) LatLng         { return LatLng{} }
func PointFromLatLng(LatLng) Point                  { return Point{} }
func LoopFromPoints([]Point) *Loop                  { return &Loop{} }
func PolygonFromOrientedLoops([]*Loop) Region       { return Region{} }
func RectFromDegrees(_, _, _, _ float64) Region     { return Region{} }
func CapFromCenterAndRadius(_, _, _ float64) Region { return Region{} }
func NewGeoBufferPool(_, _ int) *GeoBufferPool      { return &GeoBufferPool{} }

// GeoBufferPool would keep buffers.
type GeoBufferPool struct{}

// RegionTermIndexer turns shapes into terms: none.
type RegionTermIndexer struct{}

func NewRegionTermIndexerWithOptions(Options) *RegionTermIndexer { return &RegionTermIndexer{} }

func (*RegionTermIndexer) GetIndexTermsForPoint(Point, string) []string   { return nil }
func (*RegionTermIndexer) GetQueryTermsForRegion(Region, string) []string { return nil }
