#include "wire/qr.h"

#include <errno.h>

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
