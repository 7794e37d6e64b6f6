package everyday

import (
	"os"
	"os/exec"
)

// A command that was started has files of its own: what it was given is closed here.

func okExtraFile(cmd *exec.Cmd, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	if err := cmd.Start(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okExtraFiles(cmd *exec.Cmd, names []string) error {
	for _, name := range names {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	}
	return cmd.Run()
}

func okOutput(cmd *exec.Cmd, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	cmd.Stdout = f
	return cmd.Run()
}

type job struct{ files []*os.File }

// Whoever has the job finds a closed file in it.
func badOwnFiles(j *job, name string, run func() error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	j.files = append(j.files, f) // want revescape
	return run()
}
