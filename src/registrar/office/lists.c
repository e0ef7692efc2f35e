#include "registrar/office/lists.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/office/fields.h"
#include "registrar/office/marks.h"

#define GROUP_NAME_MOST 40

typedef struct Making {
    const Office *office;
    const Shelf *shelf;
    const Record *record;
    const Results *results; /* counted as papers count them; none where they can't be */
    int64_t base;           /* a year's contract of a student, which retakes are paid by; 0: not known */
    Lists *lists;
} Making;

/* --- items -------------------------------------------------------------------------------------------------------- */

#define CODE_MOST (SERVICE_ID_MOST - 12) /* semester and place behind it */

/* Letters and figures as they are in an id, all else as a hyphen. */
static void write_code(const char *code, char ret[CODE_MOST])
{
    size_t at = 0;

    for (; code[at] && at + 1 < CODE_MOST; at++) {
        const char c = code[at];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        ret[at] = plain ? c : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : '-';
    }
    ret[at] = '\0';
}

static bool is_taken(const Lists *lists, const char *id)
{
    const FormList *list = &lists->lists[lists->count - 1];

    for (size_t i = list->first; i + 1 < list->first + list->count; i++)
        if (strcmp(lists->items[i].id, id) == 0)
            return true;
    return false;
}

/* A subject may stand in a semester twice, with its coursework: the second one is told apart by its place. */
static void set_id(const Lists *lists, ListItem *item, const char *code, int semester)
{
    char plain[CODE_MOST], with[SERVICE_ID_MOST - 4];

    write_code(code && code[0] ? code : "row", plain);
    if (semester > 0 && semester <= MARK_SEMESTERS_MOST)
        snprintf(with, sizeof with, "%s-%d", plain, semester);
    else
        snprintf(with, sizeof with, "%s", plain);
    snprintf(item->id, sizeof item->id, "%s", with);
    for (int n = 2; is_taken(lists, item->id) && n <= LIST_ITEMS_MOST; n++)
        snprintf(item->id, sizeof item->id, "%s-%d", with, n);
}

static void set_label(ListItem *item, const LocalText *text)
{
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        str_copy_cut(str_from(local_text(text, l)), item->label[l], sizeof item->label[l]);
}

/* Of an object by tags, or a bare text; false: it says nothing. */
static bool set_names(ListItem *item, const json_t *names)
{
    LocalText text = { 0 };
    bool any = false;

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        text.in[l] = json_is_string(names) ? json_string_value(names)
                                           : json_string_value(json_object_get(names, language_tag(l)));
        any = any || (text.in[l] && text.in[l][0]);
    }
    if (any)
        set_label(item, &text);
    return any;
}

/* The item that was added last is none. */
static void take_back(Lists *lists)
{
    lists->item_count--;
    lists->lists[lists->count - 1].count--;
}

/* A subject with its credits.  What has no name can't be chosen; what has no room is left out. */
static ListItem *add_subject(const Making *making, const json_t *subject, const char *otherwise, int semester,
                             int credits)
{
    const char *code = json_string_value(json_object_get(subject, "code"));
    ListItem *item = lists_add(making->lists);

    if (!item)
        return NULL;
    if (!set_names(item, json_object_get(subject, "names"))) {
        take_back(making->lists);
        return NULL;
    }
    set_id(making->lists, item, code ? code : otherwise, semester);
    item->semester = semester > 0 && semester <= MARK_SEMESTERS_MOST ? semester : 0;
    item->credits = credits > 0 && credits <= 1000 ? credits : 0;
    return item;
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static const char *kind_word(const Result *result)
{
    static const char *const words[] = { [RESULT_SUBJECT] = "subject",
                                         [RESULT_COURSEWORK] = "coursework",
                                         [RESULT_PRACTICE] = "practice",
                                         [RESULT_ATTESTATION] = "attestation" };

    return words[result->kind];
}

static void add_results(const Making *making, bool debts)
{
    const MarkRules *rules = institution_marking(making->office->institution);

    for (size_t i = 0; i < making->results->count; i++) {
        const Result *result = &making->results->items[i];

        if (debts && result->passed)
            continue;
        ListItem *item = add_subject(making, json_object_get(result->row, "subject"), kind_word(result),
                                     result->semester, result->credits);
        if (item && debts)
            item->sum = marks_retake_fee(rules, making->base, result->credits);
    }
}

static void make_debts(const Making *making)
{
    add_results(making, true);
}

static void make_results(const Making *making)
{
    add_results(making, false);
}

static int semester_now(const Making *making)
{
    return (int)json_integer_value(json_object_get(record_profile(making->record), "semester"));
}

/* Of the running semester: what is assessed, which includes practice; without it what stands in the timetable. */
static void make_subjects(const Making *making)
{
    const json_t *rows = json_object_get(making->record->parts[PART_ASSESSMENTS], "rows"), *row;
    const FormList *list = &making->lists->lists[making->lists->count - 1];
    size_t index;

    json_array_foreach((json_t *)(uintptr_t)rows, index, row)
    {
        (void)add_subject(making, json_object_get(row, "subject"), NULL, semester_now(making),
                          (int)json_integer_value(json_object_get(row, "credits")));
    }
    if (list->count > 0)
        return;
    rows = json_object_get(making->record->parts[PART_SCHEDULE], "rows");
    json_array_foreach((json_t *)(uintptr_t)rows, index, row)
    {
        ListItem *item = add_subject(making, json_object_get(row, "subject"), NULL, semester_now(making), 0);
        const char *label = item ? item->label[LANGUAGE_FIRST] : NULL;

        for (size_t i = list->first; label && i + 1 < list->first + list->count; i++)
            if (strcmp(making->lists->items[i].label[LANGUAGE_FIRST], label) == 0) {
                take_back(making->lists); /* it is taught more than once a week */
                break;
            }
    }
}

static void make_electives(const Making *making)
{
    const json_t *rows = making->record->parts[PART_ELECTIVES], *row;
    size_t index;

    json_array_foreach((json_t *)(uintptr_t)rows, index, row)
    {
        (void)add_subject(making, json_object_get(row, "subject"), NULL,
                          (int)json_integer_value(json_object_get(row, "semester")),
                          (int)json_integer_value(json_object_get(row, "credits")));
    }
}

/* "3-semestr": by the words of papers. */
static void add_semester(const Making *making, int semester)
{
    const LocalText *pattern = words_find(shelf_words(making->shelf), WORDS_PAPER, "semester");
    ListItem *item = pattern ? lists_add(making->lists) : NULL;
    char number[12];
    const char *const values[] = { number };

    if (!item)
        return;
    snprintf(number, sizeof number, "%d", semester);
    str_copy_cut(str_from(number), item->id, sizeof item->id);
    item->semester = semester;
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        OWNED_BUF text;

        buf_init(&text, LIST_LABEL_SIZE);
        text_fill(&text, local_text(pattern, l), values, COUNT(values));
        str_copy_cut(buf_str(&text), item->label[l], sizeof item->label[l]);
    }
}

/* All that began, the running one too. */
static void make_semesters(const Making *making)
{
    int semesters[MARK_SEMESTERS_MOST], now = semester_now(making);
    const size_t count = marks_semesters(making->results, semesters);
    bool running = now > 0 && now <= MARK_SEMESTERS_MOST;

    for (size_t i = 0; i < count; i++) {
        add_semester(making, semesters[i]);
        running = running && semesters[i] != now;
    }
    if (running)
        add_semester(making, now);
}

/* Those that the institution teaches, without the student's own. */
static void make_programmes(const Making *making)
{
    const json_t *own = json_object_get(json_object_get(record_profile(making->record), "programme"), "code");
    const json_t *rows = institution_programmes(making->office->institution), *row;
    size_t index;

    json_array_foreach((json_t *)(uintptr_t)rows, index, row)
    {
        const char *code = json_string_value(json_object_get(row, "code"));

        if (code && (!json_is_string(own) || strcmp(code, json_string_value(own)) != 0))
            (void)add_subject(making, row, NULL, 0, 0);
    }
}

static void add_group(const Making *making, const char *name)
{
    ListItem *item = lists_add(making->lists);

    if (!item)
        return;
    set_id(making->lists, item, name, 0);
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        str_copy_cut(str_from(name), item->label[l], sizeof item->label[l]);
}

/* Other groups of the student's programme and year of entry, which stands in their names as HEMIS gives them. */
static void make_groups(const Making *making)
{
    const json_t *profile = record_profile(making->record);
    const char *own = json_string_value(json_object_get(profile, "group"));
    const char *code = json_string_value(json_object_get(json_object_get(profile, "programme"), "code"));
    const json_t *rows = institution_programmes(making->office->institution), *row, *group;
    char entry[GROUP_NAME_MOST];
    size_t index, at;

    snprintf(entry, sizeof entry, "-%02d-", (int)(json_integer_value(json_object_get(profile, "entry_year")) % 100));
    json_array_foreach((json_t *)(uintptr_t)rows, index, row)
    {
        const char *of = json_string_value(json_object_get(row, "code"));

        if (!own || !code || !of || strcmp(of, code) != 0)
            continue;
        json_array_foreach(json_object_get(row, "groups"), at, group)
        {
            const char *name = json_string_value(group);

            if (name && name[0] && strstr(name, entry) && strcmp(name, own) != 0)
                add_group(making, name);
        }
    }
}

/* Those that the page of information names, as long as they are there to be joined. */
static void make_clubs(const Making *making)
{
    const Article *article = information_offering(shelf_information(making->shelf), "clubs");
    const Date today = office_today(making->office);

    for (size_t i = 0; article && i < article->block_count; i++) {
        const ArticleItem *items[ARTICLE_ITEMS_MOST];
        const ArticleBlock *block = &article->blocks[i];
        const size_t count = block->kind == ARTICLE_ITEMS ? article_items_to_come(block, today, items) : 0;

        for (size_t k = 0; k < count; k++) {
            ListItem *item = items[k]->id ? lists_add(making->lists) : NULL;

            if (!item)
                continue;
            set_id(making->lists, item, items[k]->id, 0);
            set_label(item, &items[k]->title);
        }
    }
}

/* By list_names. */
static const struct {
    const char *name;
    void (*make)(const Making *making);
} makers[] = {
    { "debts", make_debts },         { "subjects", make_subjects },   { "results", make_results },
    { "electives", make_electives }, { "semesters", make_semesters }, { "programmes", make_programmes },
    { "clubs", make_clubs },         { "groups", make_groups },
};

static bool make(const Making *making, const char *name, Error *err)
{
    for (size_t i = 0; i < COUNT(makers); i++) {
        if (strcmp(makers[i].name, name) != 0)
            continue;
        if (!lists_begin(making->lists, name))
            return error_set(err, ERR_RANGE, "list %s", name);
        makers[i].make(making);
        return true;
    }
    return error_set(err, ERR_INTERNAL, "list %.24s is made by nobody", name);
}

/* --- of a service ------------------------------------------------------------------------------------------------- */

/* A result that can't be counted makes its lists empty, as papers lack them: nobody is told what he owes of what is not
 * known. */
static bool count_results(const Making *making, Results *ret, Error *err)
{
    const MarkRules *rules = institution_marking(making->office->institution);
    Error why = { 0 };

    return results_read(rules, making->record->parts[PART_RESULTS], ret, &why) || why.code == ERR_FORMAT ||
           error_set(err, why.code, "%s", why.text);
}

bool lists_add_of(const Office *office, const Shelf *shelf, const Record *record, const Service *service, Lists *ret,
                  Error *err)
{
    OWNED_RESULTS results = { 0 };
    const Making making = { .office = office,
                            .shelf = shelf,
                            .record = record,
                            .results = &results,
                            .base = contract_base(record->parts[PART_CONTRACT]),
                            .lists = ret };

    if (!service_wants_lists(service))
        return true;
    if (!count_results(&making, &results, err))
        return error_add(err, "lists of a record");
    for (size_t i = 0; i < service->field_count; i++) {
        const char *name = service->fields[i].from;

        if (name && !lists_find(ret, name) && !make(&making, name, err))
            return error_add(err, "lists of %s", service->id);
    }
    return true;
}

bool lists_of(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service, Lists *ret,
              Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED_RECORD record = { 0 };

    *ret = (Lists){ 0 };
    return !service_wants_lists(service) || (record_read_in(transaction, office, student, RECORD_RULES, &record, err) &&
                                             lists_add_of(office, shelf, &record, service, ret, err));
}
