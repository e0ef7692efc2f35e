/* What the university edits of itself at the console: services, pages of information, campaigns, working time,
 * notices.  Each is a document (content_doc.h) that one editor shows as fields, with what it looks like at a kiosk
 * beside it; a kind says what is in it, how it is kept and whether it may be.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_CONTENT_H
#define REGISTRAR_CONSOLE_CONTENT_H

#include "registrar/console/content_doc.h"
#include "registrar/console/pages.h"
#include "registrar/office/contents.h"
#include "registrar/office/shelf.h"

#define CONTENT_BODY_BYTES (512u << 10) /* of a form */
#define CONTENT_NEW        "new"        /* stands where an id does, for one that is not there yet */

struct ContentKindOf;

/* One document before somebody's eyes. */
typedef struct Editing {
    Desk *desk;
    Office *office;
    const struct ContentKindOf *kind;
    char id[CONTENT_ID_SIZE];           /* "new": it is not there yet */
    json_t *doc;                        /* owned */
    char version[CONTENT_VERSION_SIZE]; /* that was seen; "": nothing is there */
    Language shown;                     /* on the glass beside it */
    ShelfFaults faults;                 /* by paths in the document */
    bool placed[SHELF_FAULTS_MOST];     /* beside its field */
    bool is_whole;                      /* it is edited as the text that is stored, not as fields */
    const char *typed_json;             /* that could not be read, borrowed; NULL */
} Editing;

typedef enum EditOutcome {
    EDIT_KEPT,
    EDIT_REFUSED, /* editing->faults says why */
    EDIT_UNMET,   /* it is of another version now */
    EDIT_ABSENT   /* there is none of this id */
} EditOutcome;

typedef struct ContentKindOf {
    ContentKind kind;
    const char *section; /* of its path: "services" */
    bool may_add, may_take_away;
    bool has_json; /* people may see and put the document as it is stored */
    /* Rows of its list: [{"row-title", "row-id", "row-group", "is-off", ...}]. */
    bool (*list)(Desk *desk, Office *office, json_t *ret_rows, Error *err);
    /* doc and version of editing->id; doc stays NULL where there is none.  from: of which a new one is a copy, NULL. */
    bool (*load)(Editing *editing, const char *from, Error *err);
    /* The document of what the history keeps; NULL without memory, or when it is none. */
    json_t *(*doc_of)(const Editing *editing, const json_t *body);
    /* What its fields are: groups of them. */
    void (*show)(Editing *editing, json_t *groups);
    /* A field that no path says all of; true: it was one. */
    bool (*take)(Editing *editing, const char *name, const char *value);
    /* Keeps it where it may be.  gone: it is to be taken away.  ret_id: of what stands now. */
    bool (*keep)(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err);
    /* What a kiosk shows of it, and what it does: into the view. */
    bool (*preview)(Editing *editing, json_t *view, Error *err);
} ContentKindOf;

extern const ContentKindOf content_services, content_pages, content_campaigns, content_calendar, content_notices;
/* NULL: there is no such section. */
const ContentKindOf *content_kind(Str section);

/* --- for kinds ---------------------------------------------------------------------------------------------------- */

/* The text "say.content.PART.ID"; "" where there is none. */
const char *content_say(const Desk *desk, const char *part, const char *id);
/* "bugun, 14:30"; "" for 0. */
const char *content_moment(const Desk *desk, int64_t at_s, char *array, size_t size);
/* "A. Karimova" of "staff:...": as the actor's name; of nobody, that it came with the program. */
const char *content_author(const Desk *desk, const char *actor);
/* A text of the document in the language that is shown, or in another one that it has; "" where it has none. */
const char *content_shown(const Editing *editing, const json_t *local);
/* Adds to every row with "row-id" who changed it last and when. */
bool content_add_authors(Desk *desk, Office *office, ContentKind kind, json_t *rows, Error *err) MUST_USE;

/* --- fields (content_fields.c) ------------------------------------------------------------------------------------ */

typedef struct ContentChoice {
    const char *id; /* its value; its label is "say.content.choice.ID", or else itself */
} ContentChoice;

/* Adds a group with a title ("say.content.group.ID") and returns its fields, borrowed.  folded: opened by a touch. */
json_t *content_group(const Editing *editing, json_t *groups, const char *id, bool folded);
/* A text in all languages beside each other.  label NULL: what the path's last member is called. */
void content_four(Editing *editing, json_t *fields, const char *path, const char *label, bool is_long);
/* A list of them, a line each. */
void content_lines(Editing *editing, json_t *fields, const char *path);
/* type: of the HTML field, "text", "date", "datetime-local". */
void content_one(Editing *editing, json_t *fields, const char *path, const char *label, const char *type);
void content_number(Editing *editing, json_t *fields, const char *path);
/* A list of plain words, a line each. */
void content_words(Editing *editing, json_t *fields, const char *path);
/* name: the field's; path: whose faults are beside it; choices end with a NULL id. */
void content_choice(Editing *editing, json_t *fields, const char *name, const char *path, const ContentChoice *choices,
                    const char *chosen);
/* Every text and address in there, however deep. */
void content_walk(Editing *editing, json_t *fields, const char *path);
/* A button that does something to a part of the document: "up", "down", "drop", "add". */
void content_act(const Editing *editing, json_t *fields, const char *act, const char *path);
/* A heading among fields, with what may be done to the item of a list that it is about. */
void content_head(const Editing *editing, json_t *fields, const char *words, const char *path, bool moves);
/* Puts what a form says into the document. */
void content_take(Editing *editing, const json_t *form);
/* What no field has beside it: into the view. */
void content_show_faults(Editing *editing, json_t *view);
/* A reason of the readers in the reader's language. */
void content_reason(const Desk *desk, const char *reason, char *array, size_t size);
/* "Name, Русский" of "titles.ru". */
void content_path_words(const Desk *desk, const char *path, char *array, size_t size);

#endif
