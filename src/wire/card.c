#include "wire/card.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/code.h"
#include "wire/json.h"

#define CHIP_BYTES_LEAST 4
#define CHIP_BYTES_MOST  32
#define CODE_LEAST       6
#define CODE_MOST        2048 /* a QR code of version 40 holds more; no card has it */
#define NUMBER_MOST      20

static const char *const kind_words[] = { [CARD_CHIP] = "chip", [CARD_CODE] = "code" };
static_assert(COUNT(kind_words) == CARD_KIND_COUNT, "one word per kind");

static const char *const state_words[] = {
    [API_CARD_NONE] = "none", [API_CARD_ACTIVE] = "active", [API_CARD_BLOCKED] = "blocked"
};
static_assert(COUNT(state_words) == API_CARD_STATE_COUNT, "one word per state");

static const Member pin_members[] = {
    MEMBER_OF_WORD(ApiCardPin, kind, kind_words),
    MEMBER_OF_TEXT(ApiCardPin, card),
    MEMBER_OF_TEXT(ApiCardPin, pin),
};
static const Member card_members[] = {
    MEMBER_OF_WORD(ApiCard, state, state_words),
    MEMBER_OF_WORD(ApiCard, kind, kind_words),
    MEMBER_OF_INT64(ApiCard, since_s, 0, INT64_MAX, .optional = true),
    MEMBER_OF_INT64(ApiCard, used_at_s, 0, INT64_MAX, .optional = true),
    MEMBER_OF_BOOL(ApiCard, may_set),
    MEMBER_OF_BOOL(ApiCard, by_wrong_pins, .optional = true),
    MEMBER_OF_TEXT(ApiCard, block_address, .optional = true),
};

/* --- what is read of a card --------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i]))
            return false;
    return true;
}

static CardFault read_chip(Str raw, char ret[CARD_TEXT_SIZE])
{
    uint8_t bytes[CHIP_BYTES_MOST];
    const size_t count = raw.len / 2;
    CardFault fault = CARD_UNREADABLE;

    if (raw.len % 2 != 0 || count < CHIP_BYTES_LEAST || count > CHIP_BYTES_MOST || !hex_parse(raw, bytes, count))
        return CARD_UNREADABLE;
    if (count == 4 && bytes[0] == 0x08)
        fault = CARD_RANDOM;
    else {
        for (size_t i = 0; i < count; i++)
            (void)snprintf(ret + 2 * i, 3, "%02X", bytes[i]);
        fault = CARD_OK;
    }
    mem_wipe(bytes, sizeof bytes);
    return fault;
}

/* Of a seal's link the code, so that one paper is one card however its link is spelled. */
static bool read_seal(Str raw, char ret[CARD_TEXT_SIZE])
{
    static const char mark[] = "/V/";
    Code code;

    for (size_t i = 0; i + sizeof mark - 1 < raw.len; i++) {
        Str rest = { raw.ptr + i + sizeof mark - 1, raw.len - i - (sizeof mark - 1) };

        if (strncasecmp(raw.ptr + i, mark, sizeof mark - 1) == 0 && code_parse(str_split(&rest, '#'), &code)) {
            (void)snprintf(ret, CARD_TEXT_SIZE, "V:%s", code.text);
            mem_wipe(&code, sizeof code);
            return true;
        }
    }
    return false;
}

static bool read_hash(Str raw, char ret[CARD_TEXT_SIZE])
{
    uint8_t hash[SHA256_SIZE];
    Error err = { 0 };

    if (!sha256(raw, hash, &err))
        return false;
    ret[0] = 'H';
    ret[1] = ':';
    for (size_t i = 0; i < sizeof hash; i++)
        (void)snprintf(ret + 2 + 2 * i, 3, "%02x", hash[i]);
    return true;
}

static CardFault read_code(Str raw, char ret[CARD_TEXT_SIZE])
{
    raw = str_trim(raw);
    if (raw.len < CODE_LEAST || raw.len > CODE_MOST)
        return CARD_UNREADABLE;
    for (size_t i = 0; i < raw.len; i++)
        if (raw.ptr[i] < ' ' || raw.ptr[i] > '~')
            return CARD_UNREADABLE;
    if (raw.len <= NUMBER_MOST && all_digits(raw))
        return CARD_NUMBER;
    if (read_seal(raw, ret) || str_copy(raw, ret, CARD_TEXT_SIZE))
        return CARD_OK;
    return read_hash(raw, ret) ? CARD_OK : CARD_UNREADABLE;
}

CardFault card_read(CardKind kind, Str raw, char ret[CARD_TEXT_SIZE])
{
    switch (kind) {
    case CARD_CHIP: return read_chip(raw, ret);
    case CARD_CODE: return read_code(raw, ret);
    case CARD_KIND_COUNT: break;
    }
    return CARD_UNREADABLE;
}

/* --- PINs --------------------------------------------------------------------------------------------------------- */

bool card_pin_valid(Str pin)
{
    return pin.len >= CARD_PIN_LEAST && pin.len <= CARD_PIN_MOST && all_digits(pin);
}

bool card_pin_easy(Str pin)
{
    bool alike = true, up = true, down = true;

    for (size_t i = 1; i < pin.len; i++) {
        const int step = pin.ptr[i] - pin.ptr[i - 1];

        alike = alike && step == 0;
        up = up && step == 1;
        down = down && step == -1;
    }
    return alike || up || down;
}

/* --- shapes ------------------------------------------------------------------------------------------------------- */

bool api_card_pin_write(const ApiCardPin *pin, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(pin_members, COUNT(pin_members), pin, err);

    return json && json_write(json, buf, err);
}

bool api_card_pin_read(Str text, ApiCardPin *ret, Error *err)
{
    char card[CARD_TEXT_SIZE] = { 0 };
    OWNED(json_t) json = json_read(text, err);

    *ret = (ApiCardPin){ 0 };
    bool done = json && members_read(pin_members, COUNT(pin_members), json, ret, err);
    if (done && (card_read(ret->kind, str_from(ret->card), card) != CARD_OK || strcmp(card, ret->card) != 0 ||
                 !card_pin_valid(str_from(ret->pin))))
        done = error_set(err, ERR_PROTOCOL, "no card, or no PIN");
    mem_wipe(card, sizeof card);
    if (!done)
        mem_wipe(ret, sizeof *ret);
    return done;
}

bool api_card_write(const ApiCard *card, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(card_members, COUNT(card_members), card, err);

    return json && json_write(json, buf, err);
}

bool api_card_read(Str text, ApiCard *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);

    *ret = (ApiCard){ 0 };
    return json && members_read(card_members, COUNT(card_members), json, ret, err);
}
