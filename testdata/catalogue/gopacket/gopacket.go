// Package gopacket has the examples for github.com/gopacket/gopacket.
package gopacket

import (
	"bytes"
	"errors"
	"io"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// M37: the source's buffer.
func packets(src gopacket.ZeroCopyPacketDataSource) (all [][]byte, err error) {
	for {
		data, _, err := src.ZeroCopyReadPacketData()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, data) // want revescape
	}
}

// M37: copies.
func copies(src gopacket.ZeroCopyPacketDataSource) (all [][]byte, err error) {
	for {
		data, _, err := src.ZeroCopyReadPacketData()
		if err != nil {
			return all, err
		}
		all = append(all, bytes.Clone(data))
	}
}

// M38: the packet is made of data.
func overwritten(data []byte) gopacket.Packet {
	p := gopacket.NewPacket(data, layers.LayerTypeEthernet, gopacket.NoCopy)
	clear(data) // missed: revuse
	return p
}

// M38: the packet is made of data.
func changed(data []byte) gopacket.Packet {
	p := gopacket.NewPacket(data, layers.LayerTypeEthernet, gopacket.DecodeOptions{NoCopy: true})
	data[0] = 0 // want revuse
	return p
}

// M38: the packet is made of a copy.
func decoded(data []byte) gopacket.Packet {
	p := gopacket.NewPacket(data, layers.LayerTypeEthernet, gopacket.Default)
	clear(data)
	return p
}
