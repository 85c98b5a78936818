package atomicfile

import (
	"os"
	"os/signal"
	"syscall"
)

// whenInterrupted calls clean when the program is told to end, and lets it end
// then, unless somebody else listens to the signal too. An index may take half a
// minute to write: who grows impatient shall not find half of one in the folder.
func whenInterrupted(clean func()) (stop func()) {
	signals := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			clean()
			signal.Stop(signals)
			raise(s)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
		select {
		case s := <-signals: // it came before the file was whole, and nobody has heard it
			raise(s)
		default:
		}
	}
}

// raise sends the program a signal, which ends it unless somebody listens.
func raise(s os.Signal) {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(s)
	}
	if err != nil { // not every system knows signals
		os.Exit(1)
	}
}
