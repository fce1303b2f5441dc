// Times two parsers on the bodies of a folder, "parsers FOLDER vm|textparse", as ParserBench.java does it for
// ours, and prints the same line: name, best and median nanoseconds a scrape, bytes allocated a scrape.
package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"time"

	"github.com/VictoriaMetrics/VictoriaMetrics/lib/protoparser/prometheus"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

const (
	warmUp     = 1500 * time.Millisecond
	batches    = 60
	batchNanos = 10_000_000
)

var sum float64

func main() {
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*"))
	if err != nil || len(files) == 0 {
		panic(fmt.Sprint("no bodies: ", err))
	}
	sort.Strings(files)
	var bodies [][]byte
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		bodies = append(bodies, body)
	}
	run(os.Args[2], bodies, map[string]func([][]byte){"vm": vm(bodies), "textparse": textparseWithCache()}[os.Args[2]])
}

// vm is what vmagent runs: tags are split on each line, rows are reused, series are not looked up.
func vm(bodies [][]byte) func([][]byte) {
	texts := make([]string, len(bodies))
	for i, body := range bodies {
		texts[i] = string(body)
	}
	var rows prometheus.Rows
	return func([][]byte) {
		for _, text := range texts {
			rows.UnmarshalWithErrLogger(text, func(s string) { panic(s) })
			sum += rows.Rows[len(rows.Rows)-1].Value
		}
	}
}

// textparseWithCache is what Prometheus' scrape loop runs for series it knows: a lookup by the bytes of the series.
func textparseWithCache() func([][]byte) {
	symbols := labels.NewSymbolTable()
	cache := map[string]int{}
	values := make([]float64, 0, 1024)
	return func(bodies [][]byte) {
		for _, body := range bodies {
			parser := textparse.NewPromParser(body, symbols, false)
			for {
				entry, err := parser.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					panic(err)
				}
				if entry != textparse.EntrySeries {
					continue
				}
				series, _, value := parser.Series()
				slot, known := cache[string(series)]
				if !known {
					slot = len(values)
					cache[string(series)] = slot
					values = append(values, 0)
				}
				values[slot] = value
			}
			sum += values[0]
		}
	}
}

func run(name string, bodies [][]byte, round func([][]byte)) {
	rounds := 0
	for start := time.Now(); time.Since(start) < warmUp; rounds++ {
		round(bodies)
	}
	perBatch := int(math.Max(1, float64(rounds)*batchNanos/float64(warmUp.Nanoseconds())))
	var nanos [batches]float64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for batch := range nanos {
		start := time.Now()
		for range perBatch {
			round(bodies)
		}
		nanos[batch] = float64(time.Since(start).Nanoseconds()) / float64(perBatch*len(bodies))
	}
	runtime.ReadMemStats(&after)
	sort.Float64s(nanos[:])
	fmt.Printf("%s %.0f %.0f %d\n", name, nanos[0], nanos[batches/2],
		(after.TotalAlloc-before.TotalAlloc)/uint64(batches*perBatch*len(bodies)))
	if sum == 42 {
		fmt.Println("so that nothing is optimised away")
	}
}
