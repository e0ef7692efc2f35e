/* The public pages: templates of assets/web with their texts, read and checked whole once, then constant (any thread).
 * A template is HTML with
 *
 *     {{name}}             a value, escaped            {{t:id}}        a text of the page's language, escaped
 *     {{#name}} {{/name}}  when the value is there     {{t:id a b}}    with {0} and {1} in it filled from values
 *     {{^name}} {{/name}}  when it is not              {{>file}}       another file; .css and .js as they stand
 *
 * Values are those of PageSlot and no others; a text must stand in every language and be used.  Style and script are
 * part of the page, so that it loads in one request; its policy allows them by their hashes, and nothing else. */
#ifndef REGISTRAR_API_PAGES_H
#define REGISTRAR_API_PAGES_H

#include "base/buf.h"
#include "base/language.h"

#define PAGE_BYTES_MOST (256u << 10)

typedef enum PageName { PAGE_CHECK, PAGE_HOME, PAGE_SORRY, PAGE_COUNT } PageName;

typedef enum PageSlot {
    /* every page */
    SLOT_LANGUAGE, /* "uz" */
    SLOT_INSTITUTION,
    SLOT_PHONE,
    SLOT_PHONE_LINK, /* digits and '+' alone */
    SLOT_EMAIL,
    SLOT_ADDRESS,
    SLOT_IS_UZ, /* which language is the page's own */
    SLOT_IS_RU,
    SLOT_IS_EN,
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
    SLOT_CHANGED,   /* date and time of the last change */
    SLOT_BARE_CODE, /* without hyphens, as the seal has it */
    SLOT_OFFSET,    /* minutes from UTC */
    SLOT_ISSUER,    /* the host that seals name */
    SLOT_KEYS,      /* JSON Web Key Set of the public seal keys */
    /* home */
    SLOT_NOT_A_CODE, /* what was typed can't be one */
    /* sorry: one of them */
    SLOT_NOT_FOUND,
    SLOT_TOO_MANY,
    SLOT_NOT_SO, /* any other refusal */
    SLOT_FAILED,
    SLOT_WAIT, /* seconds */
    PAGE_SLOT_COUNT
} PageSlot;

typedef struct PageValues {
    const char *of[PAGE_SLOT_COUNT]; /* UTF-8; NULL or "": absent */
} PageValues;

typedef struct Pages Pages;

/* In which the pages speak; the first is the house's own. */
extern const Language page_languages[];
extern const size_t page_language_count;

/* ERR_FORMAT with file and reason when anything does not fit together. */
Pages *pages_load(const char *folder, Error *err) MUST_USE;
void pages_free(Pages *pages);
OWNED_BY(Pages, pages_free)

bool page_write(const Pages *pages, PageName name, Language language, const PageValues *values, Buf *ret,
                Error *err) MUST_USE;
/* Content-Security-Policy of that page; lives as long as pages. */
const char *page_policy(const Pages *pages, PageName name);

#endif
