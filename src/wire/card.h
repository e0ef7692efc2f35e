/* Cards with a PIN: what is read of a card, and the shapes of the kiosks' interface.  Used by both ends.
 *
 *   POST   /kiosk/v1/card-session  ApiCardPin -> 201 ApiSession | 401 sign-in-refused | 403 card-blocked | 429 limit
 *   GET    /kiosk/v1/card                     -> 200 ApiCard
 *   PUT    /kiosk/v1/card          ApiCardPin -> 200 ApiCard | 403 not-allowed | 409 card-taken | 422 pin-easy
 *   DELETE /kiosk/v1/card                     -> 200 ApiCard: whatever cards the student has are blocked, at once
 *
 * A card alone opens nothing.  Its PIN is set in a session that a password or a phone began, never by another card or
 * with HEMIS's first password (MODEL.md section 6). */
#ifndef WIRE_CARD_H
#define WIRE_CARD_H

#include "wire/api.h"

#define CARD_TEXT_SIZE 72 /* of what card_read gives */
#define CARD_PIN_LEAST 4
#define CARD_PIN_MOST  6

typedef enum CardKind {
    CARD_CHIP, /* its number, by a card reader: hex digits */
    CARD_CODE, /* a printed code, by a scanner */
    CARD_KIND_COUNT
} CardKind;

typedef enum CardFault {
    CARD_OK,
    CARD_UNREADABLE, /* nothing that could be a card's */
    CARD_RANDOM,     /* tells another number each time (ISO/IEC 14443-3: four bytes, the first is 08) */
    CARD_NUMBER      /* digits that could be a student's number, which many people know */
} CardFault;

/* What tells this card from others, from what a reader read: "04A1B2C3D4E580"; of a paper's seal the copy's code; of a
 * long code its hash.  ret is secret: wipe. */
CardFault card_read(CardKind kind, Str raw, char ret[CARD_TEXT_SIZE]);

/* Four to six digits. */
bool card_pin_valid(Str pin);
/* All alike or in a row: what a finder tries first.  pin is valid. */
bool card_pin_easy(Str pin);

typedef struct ApiCardPin {
    CardKind kind;
    char card[CARD_TEXT_SIZE];   /* as card_read gives it; secret: wipe */
    char pin[CARD_PIN_MOST + 1]; /* secret: wipe */
} ApiCardPin;

typedef enum ApiCardState { API_CARD_NONE, API_CARD_ACTIVE, API_CARD_BLOCKED, API_CARD_STATE_COUNT } ApiCardState;

typedef struct ApiCard {
    ApiCardState state;
    CardKind kind;                              /* of none: chip */
    int64_t since_s;                            /* 0: none */
    int64_t used_at_s;                          /* 0: never */
    bool may_set;                               /* in this session a PIN may be set */
    bool by_wrong_pins;                         /* blocked by too many wrong PINs */
    char block_address[API_PHONE_ADDRESS_SIZE]; /* of an active one: its page, on which a phone blocks it; else "" */
} ApiCard;

/* Reading checks the card as card_read does, and the PIN: ERR_PROTOCOL. */
bool api_card_pin_write(const ApiCardPin *pin, Buf *buf, Error *err) MUST_USE;
bool api_card_pin_read(Str json, ApiCardPin *ret, Error *err) MUST_USE;
bool api_card_write(const ApiCard *card, Buf *buf, Error *err) MUST_USE;
bool api_card_read(Str json, ApiCard *ret, Error *err) MUST_USE;

#endif
