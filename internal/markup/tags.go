package markup

// A tag is the name of an HTML element. The low byte numbers it and the bits
// above say how parsing and rendering treat it, so that asking costs a mask.
// Names that nothing here cares about share tagOther.
type tag uint32

const (
	special    tag = 1 << (iota + 8) // ends the searches that formatting and unknown end tags make
	formatting                       // is reopened in the next block when left open
	scopeStop                        // hides the elements outside from most end tags
	implied                          // is closed by whatever closes its parent
	heading                          // h1 to h6
	breakout                         // leaves SVG and MathML
	tableish                         // holds no text of its own: table, its row groups and rows
	rowGroup                         // tbody, tfoot and thead
	cell                             // td and th
	tablePart                        // means nothing outside a table
	metadata                         // follows the rules of the head wherever it stands
	container                        // closes an open p; its end tag closes what is open inside
	raw                              // holds characters only, up to its own end tag
	block                            // starts on a new line, or stands in the text like an image
	hidden                           // has content that is not text for a reader
	unmarked                         // has content that is read but never marked
)

func (t tag) is(class tag) bool { return t&class != 0 }

const (
	tagOther      tag = iota
	tagA              = iota | formatting | unmarked
	tagAddress        = iota | special | container | block
	tagAnnotation     = tag(iota)
	tagAnnotXML       = tag(iota) // annotation-xml
	tagApplet         = iota | special | scopeStop | block | unmarked
	tagArea           = iota | special
	tagArticle        = iota | special | container | block
	tagAside          = iota | special | container | block
	tagAudio          = iota | block | hidden
	tagB              = iota | formatting | breakout
	tagBase           = iota | special | metadata
	tagBasefont       = iota | special | metadata
	tagBgsound        = iota | special | metadata
	tagBig            = iota | formatting | breakout
	tagBlockquote     = iota | special | breakout | container | block
	tagBody           = iota | special | breakout
	tagBr             = iota | special | breakout
	tagButton         = iota | special | block | unmarked
	tagCanvas         = iota | block | hidden
	tagCaption        = iota | special | scopeStop | tablePart | block
	tagCenter         = iota | special | breakout | container | block
	tagCode           = iota | formatting | breakout | unmarked
	tagCol            = iota | special | tablePart
	tagColgroup       = iota | special | tablePart | block
	tagDatalist       = iota | hidden
	tagDd             = iota | special | implied | breakout | block
	tagDesc           = tag(iota)
	tagDetails        = iota | special | container | block
	tagDialog         = iota | container | block
	tagDir            = iota | special | container | block
	tagDiv            = iota | special | breakout | container | block
	tagDl             = iota | special | breakout | container | block
	tagDt             = iota | special | implied | breakout | block
	tagEm             = iota | formatting | breakout
	tagEmbed          = iota | special | breakout | block
	tagFieldset       = iota | special | container | block
	tagFigcaption     = iota | special | container | block
	tagFigure         = iota | special | container | block
	tagFont           = iota | formatting
	tagFooter         = iota | special | container | block
	tagForeignObj     = tag(iota) // foreignObject
	tagForm           = iota | special | block
	tagFrame          = iota | special
	tagFrameset       = iota | special | hidden
	tagH1             = iota | special | heading | breakout | block
	tagH2             = iota | special | heading | breakout | block
	tagH3             = iota | special | heading | breakout | block
	tagH4             = iota | special | heading | breakout | block
	tagH5             = iota | special | heading | breakout | block
	tagH6             = iota | special | heading | breakout | block
	tagHead           = iota | special | breakout | hidden
	tagHeader         = iota | special | container | block
	tagHgroup         = iota | special | container | block
	tagHr             = iota | special | breakout | block
	tagHTML           = iota | special | scopeStop
	tagI              = iota | formatting | breakout
	tagIframe         = iota | special | raw | block | hidden
	tagImage          = tag(iota)
	tagImg            = iota | special | breakout | block
	tagInput          = iota | special | block
	tagKbd            = iota | unmarked
	tagKeygen         = iota | special | block
	tagLabel          = iota | unmarked
	tagLegend         = iota | block
	tagLi             = iota | special | implied | breakout | block
	tagLink           = iota | special | metadata
	tagListing        = iota | special | breakout | block | unmarked
	tagMain           = iota | special | container | block
	tagMalignmark     = tag(iota)
	tagMarquee        = iota | special | scopeStop | block
	tagMath           = iota | unmarked
	tagMenu           = iota | special | breakout | container | block
	tagMeta           = iota | special | breakout | metadata
	tagMetadata       = tag(iota)
	tagMeter          = iota | block | hidden
	tagMglyph         = tag(iota)
	tagMi             = tag(iota)
	tagMn             = tag(iota)
	tagMo             = tag(iota)
	tagMs             = tag(iota)
	tagMtext          = tag(iota)
	tagNav            = iota | special | container | block
	tagNobr           = iota | formatting | breakout
	tagNoembed        = iota | special | raw | hidden
	tagNoframes       = iota | special | metadata | raw | hidden
	tagNoscript       = iota | special | raw | hidden
	tagObject         = iota | special | scopeStop | block | unmarked
	tagOl             = iota | special | breakout | container | block
	tagOptgroup       = iota | implied | block | unmarked
	tagOption         = iota | implied | block | unmarked
	tagP              = iota | special | implied | breakout | block
	tagParam          = iota | special
	tagPlaintext      = iota | special | raw | block | hidden
	tagPre            = iota | special | breakout | block | unmarked
	tagProgress       = iota | block | hidden
	tagRb             = iota | implied
	tagRp             = iota | implied | hidden
	tagRt             = iota | implied | hidden
	tagRtc            = iota | implied | hidden
	tagRuby           = iota | breakout
	tagS              = iota | formatting | breakout
	tagSamp           = iota | unmarked
	tagScript         = iota | special | metadata | raw | hidden
	tagSearch         = iota | container | block
	tagSection        = iota | special | container | block
	tagSelect         = iota | special | scopeStop | block | unmarked
	tagSmall          = iota | formatting | breakout
	tagSource         = iota | special
	tagSpan           = iota | breakout
	tagStrike         = iota | formatting | breakout
	tagStrong         = iota | formatting | breakout
	tagStyle          = iota | special | metadata | raw | hidden
	tagSub            = iota | breakout
	tagSummary        = iota | special | container | block | unmarked
	tagSup            = iota | breakout
	tagSvg            = iota | block | unmarked
	tagTable          = iota | special | scopeStop | breakout | tableish | block
	tagTbody          = iota | special | tableish | rowGroup | tablePart | block
	tagTd             = iota | special | scopeStop | cell | tablePart | block
	tagTemplate       = iota | special | scopeStop | metadata | hidden
	tagTextarea       = iota | special | raw | block | hidden
	tagTfoot          = iota | special | tableish | rowGroup | tablePart | block
	tagTh             = iota | special | scopeStop | cell | tablePart | block
	tagThead          = iota | special | tableish | rowGroup | tablePart | block
	tagTitle          = iota | special | metadata | raw | hidden
	tagTr             = iota | special | tableish | tablePart | block
	tagTrack          = iota | special
	tagTt             = iota | formatting | breakout | unmarked
	tagU              = iota | formatting | breakout
	tagUl             = iota | special | breakout | container | block
	tagVar            = iota | breakout | unmarked
	tagVideo          = iota | block | hidden
	tagWbr            = iota | special
	tagXmp            = iota | special | raw | block | hidden
)
