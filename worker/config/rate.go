package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Rate is how many requests a client may make in a period.
type Rate struct {
	Requests int
	Period   time.Duration
}

// ParseRate reads a rate such as "600/60s"; "" and "0" are none.
func ParseRate(text string) (Rate, error) {
	if text == "" || text == "0" {
		return Rate{}, nil
	}
	count, period, _ := strings.Cut(text, "/")
	digits, ok := strings.CutSuffix(period, "s")
	n, err := strconv.ParseUint(count, 10, 31)
	seconds, err2 := strconv.ParseUint(digits, 10, 31)
	if !ok || err != nil || err2 != nil || n == 0 || seconds == 0 {
		return Rate{}, fmt.Errorf("the value is %q", text)
	}
	return Rate{int(n), time.Duration(seconds) * time.Second}, nil
}
