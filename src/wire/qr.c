#include "wire/qr.h"

#include <errno.h>
#include <string.h>

#include <qrencode.h>

#include "base/memory.h"

/* One segment; bytes must be of the mode's alphabet. */
static bool segment(QRinput *input, QRencodeMode mode, Str s)
{
    return QRinput_append(input, mode, (int)s.len, (const unsigned char *)s.ptr) == 0;
}

static bool copy_modules(const QRcode *code, Qr *ret, Error *err)
{
    if (code->width > QR_SIDE_MOST)
        return error_set(err, ERR_RANGE, "a QR code of version %d is too large for paper", code->version);
    *ret = (Qr){ .version = code->version, .side = code->width };
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            ret->dark[row][column] = code->data[row * code->width + column] & 1;
    return true;
}

static bool encode(QRinput *input, int version_most, Qr *ret, Error *err)
{
    QRcode *code = QRcode_encodeInput(input);
    bool done;

    if (!code)
        return errno == ERANGE ? error_set(err, ERR_RANGE, "a QR code can't hold this link")
                               : error_set_errno(err, "QR code");
    if (code->version > version_most)
        done = error_set(err, ERR_RANGE, "the link needs a QR code of version %d, at most %d is allowed", code->version,
                         version_most);
    else
        done = copy_modules(code, ret, err);
    mem_wipe(code->data, (size_t)code->width * (size_t)code->width);
    QRcode_free(code);
    return done;
}

bool qr_make(Str path, Str fragment, int version_most, Qr *ret, Error *err)
{
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    bool done;

    if (!input)
        return error_set(err, ERR_MEMORY, "QR code");
    if (!path.len || !segment(input, QR_MODE_AN, path) ||
        (fragment.len && (!segment(input, QR_MODE_8, STR("#")) || !segment(input, QR_MODE_AN, fragment))))
        done = error_set(err, ERR_FORMAT, "a link outside QR's alphanumeric set");
    else
        done = encode(input, version_most, ret, err);
    QRinput_free(input);
    return done;
}

#define HOST_MOST 300

static bool is_visible(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] <= ' ' || s.ptr[i] > '~')
            return false;
    return s.len > 0;
}

/* Scheme and host: where the path, a query or a fragment begins they are over. */
static size_t host_length(Str address)
{
    const char *slashes = memmem(address.ptr, address.len, "//", 2);
    size_t length = slashes ? (size_t)(slashes - address.ptr) + 2 : 0;

    while (length < address.len && !strchr("/?#", address.ptr[length]))
        length++;
    return length;
}

static bool is_alphanumeric(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", s.ptr[i]))
            return false;
    return true;
}

/* In as few segments as its letters allow. */
static bool address_segments(QRinput *input, Str host, Str rest)
{
    if (!is_alphanumeric(host))
        return segment(input, QR_MODE_8, host) && (!rest.len || segment(input, QR_MODE_8, rest));
    return segment(input, QR_MODE_AN, host) &&
           (!rest.len || segment(input, is_alphanumeric(rest) ? QR_MODE_AN : QR_MODE_8, rest));
}

bool qr_make_address(Str address, int version_most, Qr *ret, Error *err)
{
    char host[HOST_MOST];
    const size_t length = is_visible(address) ? host_length(address) : 0;
    const Str rest = { address.ptr + length, address.len - length };

    if (length == 0 || !str_copy((Str){ address.ptr, length }, host, sizeof host))
        return error_set(err, ERR_FORMAT, "no address that a QR code holds");
    for (size_t i = 0; i < length; i++)
        host[i] = host[i] >= 'a' && host[i] <= 'z' ? (char)(host[i] - 'a' + 'A') : host[i];
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (!input)
        return error_set(err, ERR_MEMORY, "QR code");
    bool done = address_segments(input, (Str){ host, length }, rest) ? encode(input, version_most, ret, err)
                                                                     : error_set(err, ERR_MEMORY, "QR code");
    QRinput_free(input);
    return done;
}

bool qr_make_bytes(Str text, int version_most, Qr *ret, Error *err)
{
    if (!is_visible(text))
        return error_set(err, ERR_FORMAT, "no text that a QR code holds");
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (!input)
        return error_set(err, ERR_MEMORY, "QR code");
    bool done =
        segment(input, QR_MODE_8, text) ? encode(input, version_most, ret, err) : error_set(err, ERR_MEMORY, "QR code");
    QRinput_free(input);
    return done;
}

/* Data bits of level M by version (ISO/IEC 18004 table 7). */
static const int data_bits_m[41] = {
    0,    128,   224,   352,   512,   688,   864,   992,   1232,  1456,  1728,  2032,  2320,  2672,
    2920, 3320,  3624,  4056,  4504,  5016,  5352,  5712,  6256,  6880,  7312,  8000,  8496,  9024,
    9544, 10136, 10984, 11640, 12328, 13048, 13800, 14496, 15312, 15936, 16816, 17728, 18672,
};

int qr_version(size_t path_length, size_t fragment_length)
{
    const size_t most = (size_t)data_bits_m[40]; /* a character is more than a bit */

    if (path_length > most || fragment_length > most)
        return 0;
    for (int version = 1; version <= 40; version++) {
        size_t count_an = version < 10 ? 9 : version < 27 ? 11 : 13, count_8 = version < 10 ? 8 : 16;
        size_t bits = 4 + count_an + path_length / 2 * 11 + path_length % 2 * 6;
        if (fragment_length)
            bits += 4 + count_8 + 8 + 4 + count_an + fragment_length / 2 * 11 + fragment_length % 2 * 6;
        if (bits <= (size_t)data_bits_m[version])
            return version;
    }
    return 0;
}
