package signin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// device is an authenticator and the browser before it, as far as a site can
// tell. Its fields may be changed to make it lie.
type device struct {
	*testing.T
	key      *ecdsa.PrivateKey
	id       []byte // of the passkey
	handle   []byte // of whose passkey it is
	origin   string // of the page that the browser shows
	host     string // that the passkey is bound to
	touched  bool   // by its user
	verifies bool   // who its user is
	count    uint32 // of signatures
}

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &device{T: t, key: key, id: []byte("passkey " + rand.Text()), origin: testOrigin, host: "exempla.example", touched: true, verifies: true}
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Flags of authenticator data (WebAuthn, 6.1).
const (
	flagPresent  = 1 << 0
	flagVerified = 1 << 2
	flagAttested = 1 << 6
)

// data is the authenticator data.
func (d *device) data(attested []byte) []byte {
	var flags byte
	if d.touched {
		flags |= flagPresent
	}
	if d.verifies {
		flags |= flagVerified
	}
	if attested != nil {
		flags |= flagAttested
	}
	host := sha256.Sum256([]byte(d.host))
	b := append(host[:], flags)
	b = binary.BigEndian.AppendUint32(b, d.count)
	d.count++
	return append(b, attested...)
}

// clientData is what the browser has its device sign.
func (d *device) clientData(ceremony string, c Challenge) []byte {
	d.Helper()
	var options struct {
		PublicKey struct {
			Challenge string
			User      struct{ ID string }
		}
	}
	if err := json.Unmarshal(c.Options, &options); err != nil {
		d.Fatal(err)
	}
	if handle, err := base64.RawURLEncoding.DecodeString(options.PublicKey.User.ID); err == nil && len(handle) > 0 {
		d.handle = handle
	}
	b, err := json.Marshal(map[string]any{"type": ceremony, "challenge": options.PublicKey.Challenge, "origin": d.origin, "crossOrigin": false})
	if err != nil {
		d.Fatal(err)
	}
	return b
}

// create answers a registration.
func (d *device) create(c Challenge) []byte {
	d.Helper()
	client := d.clientData("webauthn.create", c)
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.Fatal(err)
	}
	attested := make([]byte, 16) // of no known maker
	attested = binary.BigEndian.AppendUint16(attested, uint16(len(d.id)))
	attested = append(attested, d.id...)
	// A COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
	attested = append(attested, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32)
	attested = append(attested, point[1:33]...)
	attested = append(attested, 0x22, 0x58, 32)
	attested = append(attested, point[33:]...)
	data := d.data(attested)
	// CBOR: {"fmt": "none", "attStmt": {}, "authData": data}.
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return d.answer(map[string]string{"clientDataJSON": encoded(client), "attestationObject": encoded(append(object, data...))})
}

// get answers a login.
func (d *device) get(c Challenge) []byte {
	d.Helper()
	client, data := d.clientData("webauthn.get", c), d.data(nil)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte(nil), data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	if err != nil {
		d.Fatal(err)
	}
	return d.answer(map[string]string{"clientDataJSON": encoded(client), "authenticatorData": encoded(data),
		"signature": encoded(signature), "userHandle": encoded(d.handle)})
}

func (d *device) answer(response map[string]string) []byte {
	d.Helper()
	b, err := json.Marshal(map[string]any{"id": encoded(d.id), "rawId": encoded(d.id), "type": "public-key",
		"response": response, "clientExtensionResults": map[string]any{}})
	if err != nil {
		d.Fatal(err)
	}
	return b
}
