/* Lists of a student's own record that forms choose from: debts to be taken again, subjects, electives.  The registrar
 * makes them and tells them with home; both sides bind a service to them and check answers against the same. */
#ifndef WIRE_LISTS_H
#define WIRE_LISTS_H

#include <jansson.h>

#include "wire/catalogue.h"

#define LISTS_MOST      8
#define LIST_ITEMS_MOST 120 /* of all lists together */
#define LIST_NAME_MOST  24
#define LIST_LABEL_SIZE 120
#define LIST_SUM_MOST   INT64_C(1000000000)

/* The closed list of lists: "debts", "subjects" (of this semester), "results" (all marks), "electives" (offered for the
 * next semester), "semesters", "programmes" (of the institution), "clubs", "groups". */
extern const char *const list_names[];
extern const size_t list_name_count;

typedef struct ListItem {
    char id[SERVICE_ID_MOST]; /* as a service's id is written; the same for this student as long as the thing is */
    char label[LANGUAGE_COUNT][LIST_LABEL_SIZE];
    int credits, semester; /* 0: not told */
    int64_t sum;           /* soʻm; 0: nothing is to be paid */
} ListItem;

typedef struct FormList {
    char name[LIST_NAME_MOST];
    size_t first, count; /* in items */
} FormList;

typedef struct Lists {
    size_t count;
    FormList lists[LISTS_MOST];
    size_t item_count;
    ListItem items[LIST_ITEMS_MOST];
} Lists;

/* NULL when it is not among them: nobody told. */
const FormList *lists_find(const Lists *lists, const char *name);
/* Begins a list; false when there are too many, or it is there. */
bool lists_begin(Lists *lists, const char *name) MUST_USE;
/* One more item of the list that was begun last; NULL when there is no room. */
ListItem *lists_add(Lists *lists);

/* {"debts": [{"id", "label": {"uz": ..}, "credits", "semester", "sum"}, ...]} */
json_t *lists_write(const Lists *lists, Error *err) MUST_USE;
/* json NULL: none.  Refuses what form_check could not be trusted with: ids twice, over-long texts. */
bool lists_read(json_t *json, Lists *ret, Error *err) MUST_USE;

/* A service whose questions have their choices.  Points into the catalogue and the lists, which outlive it. */
typedef struct BoundService {
    Service service;
    Field fields[FORM_FIELDS_MOST];
    Choice choices[LIST_ITEMS_MOST]; /* by the lists' items */
} BoundService;

/* lists NULL: none.  A list that is not told gives its question no choice.  Of several, those that one answer has room
 * for. */
void service_bind(const Service *service, const Lists *lists, BoundService *ret);
/* Some question's choices come from the record. */
bool service_wants_lists(const Service *service);

#endif
