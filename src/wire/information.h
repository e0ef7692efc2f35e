/* Information: what a university tells everybody who stands before a kiosk, as data: pages of blocks, in every
 * language. Loaded, checked whole, then constant. Both sides read the same text with this code: the registrar from
 * kiosk/information, from the university's own pages and from what was put, the kiosk from the registrar's answer.
 *
 *   GET /kiosk/v1/information -> 200 {"hours": ..., "pages": [...]}, ETag: information_version | 304
 *
 * The certificate is enough. The file format: kiosk/information/README.md. */
#ifndef WIRE_INFORMATION_H
#define WIRE_INFORMATION_H

#include "base/buf.h"
#include "base/date.h"
#include "base/language.h"
#include "wire/catalogue.h"

#define INFORMATION_ARTICLES_MOST 80
#define INFORMATION_BYTES_MOST    (1u << 20)
#define INFORMATION_VERSION_SIZE  17
#define ARTICLE_BLOCKS_MOST       60
#define ARTICLE_LINES_MOST        30 /* of a list, of rows */
#define ARTICLE_ITEMS_MOST        60
#define ARTICLE_LINKS_MOST        24 /* of one page: each is a code on the glass */
#define ARTICLE_ADDRESS_MOST      160

/* In the order in which the glass shows them. */
typedef enum InformationTopic {
    TOPIC_OFFICE,
    TOPIC_STUDY,
    TOPIC_ADMISSION,
    TOPIC_MONEY,
    TOPIC_LIFE,
    TOPIC_ABROAD,
    INFORMATION_TOPIC_COUNT
} InformationTopic;

typedef enum ArticleBlockKind {
    ARTICLE_HEADING,  /* text */
    ARTICLE_TEXT,     /* text: a paragraph */
    ARTICLE_LIST,     /* lines */
    ARTICLE_ROWS,     /* rows: label and value */
    ARTICLE_ITEMS,    /* items: events, clubs, vacancies; those that are over are not shown */
    ARTICLE_LINK,     /* text and address: a code for the phone, and the address in words */
    ARTICLE_SERVICE,  /* id: a button to it; nothing where the catalogue has none of this id */
    ARTICLE_TICKET,   /* id: of a topic of the windows; nothing where no tickets are given */
    ARTICLE_PAGE,     /* id: a button to another page; nothing where that one is off */
    ARTICLE_HOURS,    /* when the office is open, and how it is reached: of the institution */
    ARTICLE_SERVICES, /* every service of the catalogue: for whom, how long, for how much, on what ground */
    ARTICLE_BLOCK_KIND_COUNT
} ArticleBlockKind;

typedef struct ArticleRow {
    LocalText label, value;
} ArticleRow;

/* A day of a calendar; year 0: of each year; month 0: none. */
typedef Date ArticleDay;

typedef struct ArticleItem {
    const char *id; /* stands once on its page */
    LocalText title;
    LocalText text, where, when; /* all empty: none.  when: in words, beside or instead of days */
    ArticleDay from, to; /* from alone: that day; to alone: until then; none: always.  Both of each year or neither */
    const char *link;    /* "https://..."; NULL: none */
} ArticleItem;

typedef struct ArticleBlock {
    ArticleBlockKind kind;
    LocalText text;
    const char *id, *address; /* NULL: none */
    const LocalText *lines;
    const ArticleRow *rows;
    const ArticleItem *items;
    size_t count; /* of whichever of these three it has */
} ArticleBlock;

typedef struct Article {
    const char *id;
    InformationTopic topic;
    const char *icon;
    int order;
    LocalText title;
    LocalText help;     /* one line: what one learns there */
    bool open;          /* without signing in */
    const char *offers; /* its items are this list of forms too: "clubs"; NULL: none */
    const ArticleBlock *blocks;
    size_t block_count;
} Article;

typedef struct OfficeSpan {
    int weekday;  /* 1 = Monday */
    int from, to; /* minutes of the day */
} OfficeSpan;

typedef struct OfficeMoved {
    Date day;
    int weekday; /* whose hours it has */
} OfficeMoved;

#define OFFICE_SPANS_MOST  28
#define OFFICE_CLOSED_MOST 200
#define OFFICE_MOVED_MOST  60

/* When the office is open and how it is reached, as the institution says it. */
typedef struct OfficeHours {
    size_t span_count, closed_count, moved_count;
    const OfficeSpan *spans;   /* by weekday, then from */
    const Date *closed;        /* rising */
    const OfficeMoved *moved;  /* open on that day as on another; stands before closed */
    LocalText address;         /* all empty: not told */
    const char *phone, *email; /* NULL: not told */
} OfficeHours;

typedef struct Information Information; /* counted; any thread */

/* json: {"pages": [...]}, with "hours" where it is what kiosks are told.  Refuses an unknown key, a missing text, a
 * page that leads to none, with its path ("pages[2].blocks[0].rows: ..."). */
Information *information_parse(Str json, Error *err) MUST_USE;
/* As information_parse, of one page by itself, whose id is told also where it is off: those that it leads to may be
 * elsewhere. */
Information *information_parse_one(Str json, char ret_id[SERVICE_ID_MOST], Error *err) MUST_USE;
Information *information_keep(Information *information);
void information_drop(Information *information);
OWNED_BY(Information, information_drop)

/* Of pages that are not off. */
size_t information_count(const Information *information);
/* In order of topic, then order. */
const Article *information_at(const Information *information, size_t index);
/* NULL when there is none. */
const Article *information_find(const Information *information, const char *id);
/* The index of a page; information_count when there is none. */
size_t information_index(const Information *information, const char *id);
/* The first page that offers this list to forms; NULL: none does. */
const Article *information_offering(const Information *information, const char *list);
/* NULL: they were not told. */
const OfficeHours *information_hours(const Information *information);
/* 16 hex digits over pages and hours: the ETag. */
const char *information_version(const Information *information);
/* {"pages": [...]}, canonical, with those that are off: is parsed to the same again. */
Str information_json(const Information *information);
/* What kiosks are told: these pages with these hours, office_hours_write's text; parsed, it has this version. */
bool information_tell(const Information *information, Str hours, Buf *ret, Error *err) MUST_USE;
bool information_version_told(const Information *information, Str hours, char ret[INFORMATION_VERSION_SIZE],
                              Error *err) MUST_USE;
/* "office" */
const char *information_topic_name(InformationTopic topic);

/* When it is next, or is now: first and last day, each month 0 where none is said.  False: it is over. */
bool article_item_comes(const ArticleItem *item, Date today, Date *ret_from, Date *ret_to);
/* Those of a block that are not over: by day where any has a first day, else as they stand.  Returns how many. */
size_t article_items_to_come(const ArticleBlock *block, Date today, const ArticleItem *ret[ARTICLE_ITEMS_MOST]);

bool office_hours_write(const OfficeHours *hours, Buf *ret, Error *err) MUST_USE;
/* Whether it is open at all that day: its spans, from *ret_first on; 0: closed. */
size_t office_hours_on(const OfficeHours *hours, Date day, const OfficeSpan **ret_first);

#endif
