/* A card reader, by PC/SC: a thread that hears of readers and cards that come and go, reads each card's number
 * (FF CA 00 00 00, PC/SC part 3) and says so.  Where no daemon runs, or no reader is there, it waits and asks again:
 * a kiosk without a reader is a kiosk without a reader.
 *
 * A card in a slot says when it is pulled out; one that was held at a field is a tap, and its leaving means nothing. */
#ifndef KIOSK_DEVICES_CARD_H
#define KIOSK_DEVICES_CARD_H

#include <winscard.h>

#include "base/log.h"
#include "base/queue.h"
#include "wire/card.h"

#define CARD_READERS_MOST 8
#define CARD_ASK_AGAIN_MS 5000 /* no daemon */

typedef enum CardEvent {
    CARD_READERS, /* there is a reader now, or none any more */
    CARD_IN,
    CARD_OUT, /* of a slot */
    CARD_EVENT_COUNT
} CardEvent;

typedef struct CardNews {
    CardEvent event;
    bool reader;               /* READERS */
    CardFault fault;           /* IN; UNREADABLE: a card whose number can't be read */
    bool stays;                /* IN: in a slot, will say when it is pulled out */
    char card[CARD_TEXT_SIZE]; /* IN, fault OK: as card_read gives it; secret: wipe */
} CardNews;

/* libpcsclite's functions, or a test's. */
typedef struct CardLibrary {
    LONG (*establish)(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT);
    LONG (*release)(SCARDCONTEXT);
    LONG (*list)(SCARDCONTEXT, LPCSTR, LPSTR, LPDWORD);
    LONG (*changes)(SCARDCONTEXT, DWORD, SCARD_READERSTATE *, DWORD);
    LONG (*connect)(SCARDCONTEXT, LPCSTR, DWORD, DWORD, LPSCARDHANDLE, LPDWORD);
    LONG (*transmit)(SCARDHANDLE, const SCARD_IO_REQUEST *, LPCBYTE, DWORD, SCARD_IO_REQUEST *, LPBYTE, LPDWORD);
    LONG (*disconnect)(SCARDHANDLE, DWORD);
    LONG (*cancel)(SCARDCONTEXT);
} CardLibrary;
const CardLibrary *card_library(void);

typedef struct CardReader CardReader;

/* Called on the reader's thread; news is wiped afterwards. */
typedef void (*CardHeard)(void *ctx, const CardNews *news);

/* library is borrowed for its life, log may be NULL. */
CardReader *card_start(const CardLibrary *library, CardHeard heard, void *ctx, Log *log, Error *err) MUST_USE;
/* Joins the thread. */
void card_stop(CardReader *reader);
OWNED_BY(CardReader, card_stop)

/* Held at a field rather than put into a slot: its answer to reset is that of PC/SC part 3, 3.1.3.2.3. */
bool card_is_tap(const uint8_t *atr, size_t size);

#endif
