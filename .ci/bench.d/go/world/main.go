// What stands around a daemon while it is measured, and the stop-watch for its start:
//
//	world port                           prints a port that is free
//	world serve PORT GPUS [PAGE EVERY]   replays a dcgm-exporter at /metrics, swallows OTLP and remote write, scrapes
//	                                     PAGE each EVERY; /counts says how often each of it happened
//	world ready URL LOG COMMAND...       starts it, waits for 200 at URL, or for the first output where URL is -, ends
//	                                     it, and prints milliseconds from exec, milliseconds of CPU, KiB of RSS
package main

import (
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

func main() {
	switch os.Args[1] {
	case "port":
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		check(err)
		fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	case "serve":
		serve(os.Args[2], os.Args[3], os.Args[4:])
	case "ready":
		ready(os.Args[2], os.Args[3], os.Args[4:])
	default:
		panic("port, serve or ready, not " + os.Args[1])
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

type counts struct {
	sync.Mutex
	times, bytes map[string]int64
}

func (c *counts) add(what string, bytes int64) {
	c.Lock()
	defer c.Unlock()
	c.times[what]++
	c.bytes[what] += bytes
}

func serve(port, gpus string, page []string) {
	seen := &counts{times: map[string]int64{}, bytes: map[string]int64{}}
	count, err := strconv.Atoi(gpus)
	check(err)
	exporter := newExporter(count)
	http.HandleFunc("/metrics", func(w http.ResponseWriter, r *http.Request) {
		body := exporter.text()
		seen.add("scrapes-"+strings.ToLower(strings.SplitN(r.UserAgent(), "/", 2)[0]), int64(len(body)))
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})
	swallow := func(what string, status int) {
		http.HandleFunc(what, func(w http.ResponseWriter, r *http.Request) {
			bytes, _ := io.Copy(io.Discard, r.Body)
			seen.add(what, bytes)
			w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
			w.WriteHeader(status)
		})
	}
	// an empty answer is a whole one in the protocol of OTLP
	swallow("/v1/metrics", http.StatusOK)
	swallow("/v1/traces", http.StatusOK)
	swallow("/api/v1/write", http.StatusNoContent)
	http.HandleFunc("/counts", func(w http.ResponseWriter, _ *http.Request) {
		seen.Lock()
		defer seen.Unlock()
		for what, times := range seen.times {
			fmt.Fprintln(w, what, times, seen.bytes[what])
		}
	})
	if len(page) == 2 {
		every, err := time.ParseDuration(page[1])
		check(err)
		go scrape(page[0], every, seen)
	}
	check(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func scrape(page string, every time.Duration, seen *counts) {
	for range time.Tick(every) {
		answer, err := http.Get(page)
		if err != nil {
			continue
		}
		bytes, err := io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if err == nil && answer.StatusCode == http.StatusOK {
			seen.add("page", bytes)
		}
	}
}

// The families of dcgm-exporter's default list, with what they say between two bounds.
var families = []struct {
	name     string
	from, to float64
	format   string
}{
	{"DCGM_FI_DEV_SM_CLOCK", 1200, 1980, "%.0f"},
	{"DCGM_FI_DEV_MEM_CLOCK", 2619, 2619, "%.0f"},
	{"DCGM_FI_DEV_MEMORY_TEMP", 40, 80, "%.0f"},
	{"DCGM_FI_DEV_GPU_TEMP", 35, 70, "%.0f"},
	{"DCGM_FI_DEV_POWER_USAGE", 90, 690, "%.6f"},
	{"DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 0, 0, "energy"},
	{"DCGM_FI_DEV_PCIE_REPLAY_COUNTER", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_GPU_UTIL", 0, 100, "%.0f"},
	{"DCGM_FI_DEV_MEM_COPY_UTIL", 0, 100, "%.0f"},
	{"DCGM_FI_DEV_ENC_UTIL", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_DEC_UTIL", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_XID_ERRORS", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_FB_FREE", 8123, 8123, "%.0f"},
	{"DCGM_FI_DEV_FB_USED", 72000, 73008, "%.0f"},
	{"DCGM_FI_DEV_FB_RESERVED", 428, 428, "%.0f"},
	{"DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL", 0, 900000, "%.0f"},
	{"DCGM_FI_DEV_VGPU_LICENSE_STATUS", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS", 0, 0, "%.0f"},
	{"DCGM_FI_DEV_ROW_REMAP_FAILURE", 0, 0, "%.0f"},
	{"DCGM_FI_PROF_GR_ENGINE_ACTIVE", 0, 1, "%.6f"},
	{"DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", 0, 1, "%.6f"},
	{"DCGM_FI_PROF_DRAM_ACTIVE", 0, 1, "%.6f"},
	{"DCGM_FI_PROF_PCIE_TX_BYTES", 1e6, 2e8, "%.0f"},
	{"DCGM_FI_PROF_PCIE_RX_BYTES", 1e6, 2e8, "%.0f"},
}

type exporter struct {
	sync.Mutex
	random *rand.Rand
	began  time.Time
	labels []string
	values []string
}

func newExporter(gpus int) *exporter {
	e := &exporter{random: rand.New(rand.NewSource(20_260_101)), began: time.Now()}
	for gpu := range gpus {
		e.labels = append(e.labels, fmt.Sprintf(`{gpu="%d",UUID="GPU-%08x-13cc-013a-d88f-%012x",pci_bus_id="00000000:%02X:00.0",`+
			`device="nvidia%d",modelName="NVIDIA H100 80GB HBM3",Hostname="gsrh100-074",DCGM_FI_DRIVER_VERSION="535.129.03",`+
			`container="kserve-container",namespace="model-playground-stg",pod="text-embedding-predictor-%05d-57946f6c67"}`,
			gpu, e.random.Uint32(), e.random.Int63()>>16, 26+18*gpu, gpu, 8+gpu/4))
	}
	e.values = make([]string, len(families)*gpus)
	return e
}

// From one scrape to the next half of what can change does.
func (e *exporter) text() []byte {
	e.Lock()
	defer e.Unlock()
	var text strings.Builder
	for f, family := range families {
		fmt.Fprintf(&text, "# HELP %s What it says (in units).\n# TYPE %s gauge\n", family.name, family.name)
		for gpu, labels := range e.labels {
			value := &e.values[f*len(e.labels)+gpu]
			if family.format == "energy" {
				*value = strconv.FormatInt(8_000_000_000+time.Since(e.began).Milliseconds()*632, 10)
			} else if *value == "" || e.random.Intn(2) == 0 {
				*value = fmt.Sprintf(family.format, family.from+e.random.Float64()*(family.to-family.from))
			}
			text.WriteString(family.name + labels + " " + *value + "\n")
		}
	}
	return []byte(text.String())
}

type firstWrite struct {
	once sync.Once
	done chan struct{}
}

func (f *firstWrite) Write(bytes []byte) (int, error) {
	f.once.Do(func() { close(f.done) })
	return len(bytes), nil
}

func ready(url, log string, command []string) {
	out, err := os.Create(log)
	check(err)
	process := exec.Command(command[0], command[1:]...)
	process.Stdout, process.Stderr = out, out
	output := &firstWrite{done: make(chan struct{})}
	if url == "-" {
		process.Stdout = output
	}
	ended := make(chan error, 1)
	start := time.Now()
	check(process.Start())
	go func() { ended <- process.Wait() }()
	var took time.Duration
	for took == 0 {
		select {
		case err := <-ended:
			panic(fmt.Sprint("it ended before it was ready, see ", log, ": ", err))
		case <-output.done:
			took = time.Since(start)
		case <-time.After(4 * time.Millisecond):
			if url != "-" && isReady(url) {
				took = time.Since(start)
			}
			if time.Since(start) > time.Minute {
				_ = process.Process.Kill()
				panic("not ready after a minute, see " + log)
			}
		}
	}
	fmt.Println(took.Milliseconds(), cpuMillis(process.Process.Pid), rssKiB(process.Process.Pid))
	check(process.Process.Signal(syscall.SIGTERM))
	select {
	case <-ended:
	case <-time.After(15 * time.Second):
		_ = process.Process.Kill()
	}
}

var client = http.Client{Timeout: time.Second}

func isReady(url string) bool {
	answer, err := client.Get(url)
	if err != nil {
		return false
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func cpuMillis(pid int) int64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	check(err)
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+2:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return (user + system) * 10
}

func rssKiB(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	check(err)
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	return kib
}
