#include "registrar/office/totp.h"

#include <stdio.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/base32.h"

#define SKEW_STEPS 1

bool totp_code(const uint8_t secret[TOTP_SECRET_SIZE], int64_t step, char ret[TOTP_CODE_SIZE], Error *err)
{
    uint8_t counter[8], mac[SHA1_SIZE];

    for (size_t i = 0; i < sizeof counter; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    if (!hmac_sha1((Str){ (const char *)secret, TOTP_SECRET_SIZE }, (Str){ (const char *)counter, sizeof counter }, mac,
                   err))
        return error_add(err, "one-time code");
    const uint8_t *at = mac + (mac[SHA1_SIZE - 1] & 15); /* RFC 4226 section 5.3 */
    const uint32_t number =
        ((uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]) % 1000000;

    (void)snprintf(ret, TOTP_CODE_SIZE, "%06u", (unsigned)number);
    mem_wipe(mac, sizeof mac);
    return true;
}

bool totp_check(const uint8_t secret[TOTP_SECRET_SIZE], Str code, int64_t now_s, int64_t last_step, int64_t *ret_step,
                Error *err)
{
    char given[TOTP_CODE_SIZE] = "", right[TOTP_CODE_SIZE];
    const bool fits = code.len == TOTP_CODE_SIZE - 1 && str_copy(code, given, sizeof given);
    int64_t found = 0;

    for (int64_t step = totp_step(now_s) - SKEW_STEPS; step <= totp_step(now_s) + SKEW_STEPS; step++) {
        if (!totp_code(secret, step, right, err))
            return false;
        if (mem_equal_secret(given, right, sizeof right) && fits && step > last_step)
            found = step;
    }
    mem_wipe(right, sizeof right);
    mem_wipe(given, sizeof given);
    *ret_step = found;
    return true;
}

static void add_escaped(Str s, Buf *buf)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';

        if (plain)
            buf_add_byte(buf, (uint8_t)c);
        else
            buf_add_format(buf, "%%%02X", (unsigned)(uint8_t)c);
    }
}

void totp_address(Str issuer, Str name, const uint8_t secret[TOTP_SECRET_SIZE], Buf *buf)
{
    buf_add_text(buf, "otpauth://totp/");
    add_escaped(issuer, buf);
    buf_add_text(buf, ":");
    add_escaped(name, buf);
    buf_add_text(buf, "?secret=");
    base32_write(buf, secret, TOTP_SECRET_SIZE);
    buf_add_text(buf, "&issuer=");
    add_escaped(issuer, buf);
}
