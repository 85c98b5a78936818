package index

// Checked returns the bytes of a section, lazy or not, once they agree with its
// checksum. It reads the whole section, so that a user keeps what it makes of it.
func (f *File) Checked(name string) ([]byte, error) {
	for _, s := range f.sections {
		if s.Name != name {
			continue
		}
		if s.Lazy && Checksum(f.bytes(s)) != s.CRC {
			return nil, Errorf(name, "checksum mismatch")
		}
		return f.bytes(s), nil
	}
	return nil, Errorf(name, "the section is missing")
}
