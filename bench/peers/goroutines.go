// Go's goroutines on one thread: `goroutines go WORKLOAD SECONDS`.
//
// W1: runtime.Gosched. W2: time.Sleep, on the real clock. W4: unbuffered channels. W5: context.Context, the idiom that stands in for
// context variables. M: goroutines that wait for a channel, with a context.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const (
	yieldingTasks  = 1000
	yieldsEach     = 1000
	sleepingTasks  = 100000
	sleepsEach     = 10
	longestSleep   = 64e6 // ns
	taskBatch      = 1000
	taskBatches    = 1000
	handOvers      = 1000000
	accesses       = 1000000
	suspendedTasks = 1000000
)

// cpuTime is the CPU time of this process in nanoseconds.
func cpuTime() float64 {
	var now syscall.Timespec
	const processCPUTime = 2
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processCPUTime, uintptr(unsafe.Pointer(&now)), 0)
	return float64(now.Nano())
}

// random is xorshift64, as in bench/measure.hpp.
type random uint64

func (state *random) upTo(limit uint64) int64 {
	*state ^= *state << 13
	*state ^= *state >> 7
	*state ^= *state << 17
	return 1 + int64(uint64(*state)%limit)
}

func switchTime() float64 {
	var all sync.WaitGroup
	all.Add(yieldingTasks)
	start := cpuTime()
	for at := 0; at < yieldingTasks; at++ {
		go func() {
			for count := 0; count < yieldsEach; count++ {
				runtime.Gosched()
			}
			all.Done()
		}()
	}
	all.Wait()
	return (cpuTime() - start) / (yieldingTasks * yieldsEach)
}

func timerTime() float64 {
	state := random(0x9e3779b97f4a7c15)
	var all sync.WaitGroup
	all.Add(sleepingTasks)
	start := cpuTime()
	for at := 0; at < sleepingTasks; at++ {
		go func() {
			for count := 0; count < sleepsEach; count++ {
				time.Sleep(time.Duration(state.upTo(longestSleep)))
			}
			all.Done()
		}()
	}
	all.Wait()
	return (cpuTime() - start) / (sleepingTasks * sleepsEach)
}

func taskTime() float64 {
	var all sync.WaitGroup
	start := cpuTime()
	for batch := 0; batch < taskBatches; batch++ {
		all.Add(taskBatch)
		for at := 0; at < taskBatch; at++ {
			go func() { all.Done() }()
		}
		all.Wait()
	}
	return (cpuTime() - start) / (taskBatch * taskBatches)
}

func handOverTime() float64 {
	ping, pong := make(chan struct{}), make(chan struct{})
	go func() {
		for range ping {
			pong <- struct{}{}
		}
	}()
	start := cpuTime()
	for count := 0; count < handOvers/2; count++ {
		ping <- struct{}{}
		<-pong
	}
	time := cpuTime() - start
	close(ping)
	return time / handOvers
}

type keyType struct{}

var key = keyType{}
var kept any

func getTime() float64 {
	ctx := context.WithValue(context.Background(), key, "value")
	start := cpuTime()
	for count := 0; count < accesses; count++ {
		kept = ctx.Value(key)
	}
	return (cpuTime() - start) / accesses
}

func setTime() float64 {
	ctx := context.WithValue(context.Background(), key, "value")
	start := cpuTime()
	for count := 0; count < accesses; count++ {
		kept = context.WithValue(ctx, key, "value")
	}
	return (cpuTime() - start) / accesses
}

// inheritTime: what it costs more to start a goroutine that is passed a context.
func inheritTime() float64 {
	ctx := context.WithValue(context.Background(), key, "value")
	const batches = taskBatches / 10
	var all sync.WaitGroup
	spawning := func(start func()) float64 {
		before := cpuTime()
		all.Add(taskBatch)
		for at := 0; at < taskBatch; at++ {
			start()
		}
		all.Wait()
		return cpuTime() - before
	}
	// Batch by batch in turn, so that what else the machine does falls on both alike.
	differences := make([]float64, batches)
	for batch := range differences {
		with := spawning(func() {
			go func(ctx context.Context) {
				runtime.KeepAlive(ctx)
				all.Done()
			}(ctx)
		})
		without := spawning(func() { go func() { all.Done() }() })
		differences[batch] = with - without
	}
	return median(differences) / taskBatch
}

func median(samples []float64) float64 {
	sort.Float64s(samples)
	return samples[len(samples)/2]
}

func residentBytes() float64 {
	statm, _ := os.ReadFile("/proc/self/statm")
	pages, _ := strconv.ParseFloat(strings.Fields(string(statm))[1], 64)
	return pages * float64(os.Getpagesize())
}

func suspendedBytes() float64 {
	ctx := context.WithValue(context.Background(), key, "value")
	never := make(chan struct{})
	before := residentBytes()
	for at := 0; at < suspendedTasks; at++ {
		go func(ctx context.Context) {
			<-never
			runtime.KeepAlive(ctx)
		}(ctx)
		if at%taskBatch == 0 {
			runtime.Gosched()
		}
	}
	runtime.Gosched()
	return (residentBytes() - before) / suspendedTasks
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintf(os.Stderr, "usage: %s SYSTEM WORKLOAD SECONDS\n", os.Args[0])
		os.Exit(2)
	}
	runtime.GOMAXPROCS(1)
	system, workload := os.Args[1], os.Args[2]
	seconds, _ := strconv.ParseFloat(os.Args[3], 64)
	measure := func(name string, once func() float64) {
		once() // to warm up
		var samples []float64
		for end := time.Now().Add(time.Duration(seconds * 1e9)); len(samples) == 0 || time.Now().Before(end); {
			samples = append(samples, once())
		}
		fmt.Printf("{\"system\": %q, \"workload\": %q, \"ns\": %.3f, \"runs\": %d}\n", system, name, median(samples), len(samples))
	}
	switch workload {
	case "W1":
		measure("W1", switchTime)
	case "W2":
		measure("W2", timerTime)
	case "W3":
		measure("W3", taskTime)
	case "W4":
		measure("W4", handOverTime)
	case "W5":
		measure("W5 get", getTime)
		measure("W5 set", setTime)
		measure("W5 spawn", inheritTime)
	case "M":
		fmt.Printf("{\"system\": %q, \"workload\": \"M\", \"bytes\": %.3f, \"runs\": 1}\n", system, suspendedBytes())
	}
}
