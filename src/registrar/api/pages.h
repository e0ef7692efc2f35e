/* The public pages: templates of assets/web with their texts, read and checked whole once, then constant (any thread).
 * A template is HTML with
 *
 *     {{name}}             a value, escaped            {{t:id}}        a text of the page's language, escaped
 *     {{#name}} {{/name}}  when the value is there     {{t:id a b}}    with {0} and {1} in it filled from values
 *     {{^name}} {{/name}}  when it is not              {{>file}}       another file; .css and .js as they stand
 *     {{*languages}} {{/languages}}  once for each language that pages speak, with each-tag, each-name, each-short and,
 *                          where it is the page's own, each-own
 *
 * Values are those of PageSlot and no others.  Pages speak the languages of which there is a texts.TAG.json; a text
 * must stand in each (or in the fallback of one that is still being translated) and be used.  Style and script are part
 * of the page, so that it loads in one request; its policy allows them by their hashes, and nothing else. */
#ifndef REGISTRAR_API_PAGES_H
#define REGISTRAR_API_PAGES_H

#include "base/buf.h"
#include "base/colour.h"
#include "base/language.h"

#define PAGE_BYTES_MOST (256u << 10)

typedef enum PageName {
    PAGE_CHECK,
    PAGE_HOME,
    PAGE_SORRY,
    PAGE_PHONE,
    PAGE_PHOTO,
    PAGE_TICKET,
    PAGE_MY_CARD,
    PAGE_GRANT,
    PAGE_COUNT
} PageName;

typedef enum PageSlot {
    /* every page */
    SLOT_LANGUAGE, /* "uz" */
    SLOT_INSTITUTION,
    SLOT_PHONE,
    SLOT_PHONE_LINK, /* digits and '+' alone */
    SLOT_EMAIL,
    SLOT_ADDRESS,
    SLOT_LANGUAGES, /* the section itself: no value */
    SLOT_EACH_TAG,
    SLOT_EACH_NAME,
    SLOT_EACH_SHORT,
    SLOT_EACH_OWN,
    SLOT_HERE, /* path of this page for links to its other languages; absent: as it was asked */
    SLOT_CODE, /* grouped; as it was typed where it is none */
    /* check: one of the states, and what the register says */
    SLOT_VALID,
    SLOT_SUSPENDED,
    SLOT_REVOKED,
    SLOT_REPLACED,
    SLOT_EXPIRED,
    SLOT_UNKNOWN,
    SLOT_KNOWN, /* any but unknown */
    SLOT_CHECKED_DATE,
    SLOT_CHECKED_TIME,
    SLOT_KIND,
    SLOT_HOLDER,
    SLOT_DATE,
    SLOT_UNTIL,     /* its last good day */
    SLOT_CHANGED,   /* date and time of the last change */
    SLOT_ON_PHONE,  /* it is no paper */
    SLOT_BARE_CODE, /* without hyphens, as the seal has it */
    SLOT_OFFSET,    /* minutes from UTC */
    SLOT_ISSUER,    /* the host that seals name */
    SLOT_KEYS,      /* JSON Web Key Set of the public seal keys */
    /* home */
    SLOT_NOT_A_CODE, /* what was typed can't be one */
    /* sorry: one of them */
    SLOT_NOT_FOUND,
    SLOT_TOO_MANY,
    SLOT_NOBODYS, /* no institution here has this host */
    SLOT_NOT_SO,  /* any other refusal */
    SLOT_FAILED,
    SLOT_WAIT, /* seconds */
    /* phone: one of the doors, and what stands behind it */
    SLOT_PHONE_GONE,
    SLOT_PHONE_CLOSED,
    SLOT_PHONE_OTHER,
    SLOT_PHONE_DIGITS, /* the two digits themselves */
    SLOT_PHONE_EARLY,  /* the copy was asked for before they were typed */
    SLOT_PHONE_OPEN,
    SLOT_TOKEN,
    SLOT_PLACE,
    SLOT_LEFT,        /* downloads */
    SLOT_MINUTES,     /* for them */
    SLOT_TICKET_GONE, /* ticket: one of the states, and what is said of it */
    SLOT_TICKET_WAITS,
    SLOT_TICKET_FIRST, /* it is the next one */
    SLOT_TICKET_ABOUT, /* minutes */
    SLOT_TICKET_CALLED,
    SLOT_TICKET_SERVING,
    SLOT_TICKET_SERVED,
    SLOT_TICKET_NO_SHOW,
    SLOT_TICKET_GIVEN_UP,
    SLOT_TICKET_EXPIRED,
    SLOT_TICKET_WINDOW,
    SLOT_TICKET_LIVE,  /* the page looks again by itself */
    SLOT_TICKET_LEAVE, /* whether to give it up is asked */
    SLOT_TICKET_MAY_LEAVE,
    SLOT_GRANT_ASK, /* grant: one of the doors; holder: the student, left: tries, wait: seconds */
    SLOT_GRANT_GONE,
    SLOT_GRANT_CLOSED,
    SLOT_GRANT_OTHER,
    SLOT_GRANT_PASSWORD,
    SLOT_GRANT_CONSENT,
    SLOT_GRANT_DIGITS, /* the two digits themselves */
    SLOT_GRANT_DONE,
    SLOT_GRANT_DENIED,
    SLOT_GRANT_EXPIRED,
    SLOT_GRANT_WRONG, /* password: why not; or wait */
    SLOT_GRANT_AWAY,
    SLOT_GRANT_REFUSED, /* HEMIS's own page */
    SLOT_GRANT_PAGE,    /* password: HEMIS's own page may be gone to */
    SLOT_GRANT_ONEID,   /* password: OneID's may be */
    SLOT_GRANT_PAGES,   /* password: one of these may be */
    SLOT_GRANT_UNKNOWN, /* password: OneID named a person whom the register has not, or none */
    SLOT_GRANT_ONEID_AWAY,
    SLOT_GRANT_BACK, /* where a browser that comes from there goes on */
    SLOT_KIOSK,
    SLOT_CARD_GONE, /* card: one of them */
    SLOT_CARD_ACTIVE,
    SLOT_CARD_BLOCKED,
    /* photo: one of the doors; token, place and minutes as above, kind: the paper, title: the service */
    SLOT_PHOTO_GONE,
    SLOT_PHOTO_OTHER,
    SLOT_PHOTO_OPEN,
    SLOT_PHOTO_FULL,
    SLOT_PHOTO_DONE,
    SLOT_PHOTO_SOME, /* at least one came */
    SLOT_PAGES,
    SLOT_MOST,
    /* the console's frame */
    SLOT_USER,
    SLOT_CSRF,
    SLOT_SAID,     /* what came of a form */
    SLOT_WAS_DONE, /* it was done; else it was refused */
    SLOT_NUMBER,
    SLOT_TITLE,
    PAGE_SLOT_COUNT
} PageSlot;

typedef struct PageValues {
    const char *of[PAGE_SLOT_COUNT]; /* UTF-8; NULL or "": absent */
} PageValues;

typedef struct Pages Pages; /* counted */

/* brand: the university's colour, made dark enough for words in it and on it; 0: the product's own.
 * ERR_FORMAT with file and reason when anything does not fit together. */
Pages *pages_load(const char *folder, Rgb brand, Error *err) MUST_USE;
Pages *pages_keep(Pages *pages);
void pages_drop(Pages *pages);
OWNED_BY(Pages, pages_drop)

/* In which the pages speak; the first is the house's own.  Lives as long as pages. */
const Language *pages_languages(const Pages *pages, size_t *ret_count);
/* A text that code asks for, by its id: of those that begin with "said.", "unit.", "stands." or "fact.".  NULL: there
 * is none. */
const char *pages_text(const Pages *pages, Language language, const char *id);
bool page_write(const Pages *pages, PageName name, Language language, const PageValues *values, Buf *ret,
                Error *err) MUST_USE;
/* Content-Security-Policy of that page; lives as long as pages. */
const char *page_policy(const Pages *pages, PageName name);

#endif
