/* What stands in an open request: record and answers, the rules, the way so far, papers, words to say. */
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/console/request_page.h"
#include "registrar/http/query.h"
#include "registrar/office/saying.h"
#include "registrar/office/templates.h"

#define TEMPLATE_KEYS "ERTYIOPDFGHZVBNM" /* that no act of the page has */

static json_t *append(json_t *array)
{
    json_t *one = json_object();

    (void)json_array_append_new(array, one);
    return one;
}

/* --- record and answers ------------------------------------------------------------------------------------------- */

static void put_fact(json_t *facts, const char *label, const char *value)
{
    json_t *one = append(facts);

    view_put(one, "fact-label", label);
    view_put(one, "fact-value", value);
}

/* Where HEMIS and we count differently, whoever decides sees both. */
static void put_differences(const RequestPage *page, json_t *facts)
{
    size_t at;
    const json_t *one;

    json_array_foreach(json_object_get(page->review.record, "averages"), at, one)
    {
        const json_t *gpa = json_object_get(one, "gpa_x10");
        const int theirs = (int)json_integer_value(json_array_get(gpa, 0));
        const int ours = (int)json_integer_value(json_array_get(gpa, 1));
        char value[80];

        if (!json_is_true(json_object_get(one, "differs")))
            continue;
        (void)snprintf(value, sizeof value, "%.12s: HEMIS %d.%d / %d.%d",
                       json_string_value(json_object_get(one, "academic_year")), theirs / 10, theirs % 10, ours / 10,
                       ours % 10);
        put_fact(facts, desk_text(page->desk, "fact.", "gpa.differs"), value);
    }
}

static bool put_facts(const RequestPage *page, Error *err)
{
    json_t *list = json_array();
    ReviewFact facts[REVIEW_FACTS_MOST];
    size_t count;

    (void)json_object_set_new(page->desk->view, "facts", list);
    if (!review_facts(page->office, &page->review, page->desk->sheet.language, facts, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        put_fact(list, desk_text(page->desk, "fact.", facts[i].field), facts[i].value);
    put_differences(page, list);
    return true;
}

static void put_said(json_t *object, const char *name, const RequestPage *page, const Field *field, const char *value)
{
    OWNED_BUF said;

    buf_init(&said, ANSWER_BYTES_MOST * 2);
    if (value)
        answer_say(field, value, page->desk->sheet.language, &said);
    view_put(object, name, buf_text(&said));
}

static void put_answers(const RequestPage *page)
{
    const Review *review = &page->review;
    const Service *service = review->service;
    json_t *list = json_array();

    for (size_t i = 0; service && i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *value = answers_get(&review->answers, field->id);
        const char *before = answers_get(&review->before, field->id);
        json_t *one;

        if (!value || field->kind == FIELD_PAPER)
            continue;
        one = append(list);
        view_put(one, "answer-label", local_text(&field->label, page->desk->sheet.language));
        put_said(one, "answer-value", page, field, value);
        put_said(one, "answer-before", page, field, before && strcmp(before, value) != 0 ? before : NULL);
    }
    (void)json_object_set_new(page->desk->view, "answers", list);
}

/* --- rules -------------------------------------------------------------------------------------------------------- */

/* "07-15/08-05", "2", "11": what a rule wants, in words where there are some. */
static void say_wanted(const RequestPage *page, const ReviewRule *rule, Buf *ret)
{
    for (size_t i = 0; rule->predicate && i < rule->predicate->in_count; i++) {
        const char *value = rule->predicate->in[i];
        char id[80];

        if (ret->len > 0)
            buf_add_text(ret, ", ");
        const size_t from = ret->len;
        rule_say_value(&page->review, rule->is, value, page->desk->sheet.language, ret);
        (void)snprintf(id, sizeof id, "value-%s-%s", rule->is, value);
        if (ret->len == from) {
            const char *word = say_application(page->desk, id);

            buf_add_text(ret, word && word[0] ? word : value);
        }
    }
}

static void put_rule(const RequestPage *page, const ReviewRule *rule, json_t *one)
{
    static const char *const states[] = { [RULE_HOLDS] = "done", [RULE_FAILS] = "needs", [RULE_IS_YOURS] = "low" };
    const Language language = page->desk->sheet.language;
    const char *values[] = { "", "" };
    char id[64], n[16];
    OWNED_BUF wanted, text;

    buf_init(&wanted, 400);
    buf_init(&text, 600);
    say_wanted(page, rule, &wanted);
    values[0] = rule->field ? local_text(&rule->field->label, language) : buf_text(&wanted);
    (void)snprintf(id, sizeof id, "rule-%s%s", rule->is,
                   rule->paper == 0            ? rule->state == RULE_IS_YOURS && !rule->predicate ? "-yours" : ""
                   : rule->state == RULE_HOLDS ? "-seen"
                   : rule->brought             ? "-window"
                                               : "-photo");
    text_fill(&text, say_application(page->desk, id), values, 1);
    view_put(one, "rule-text", buf_text(&text));
    view_put(one, "rule-state", states[rule->state]);
    view_put_when(one, "rule-needs", rule->state != RULE_HOLDS);
    (void)snprintf(id, sizeof id, "source-%s", rule_source_name(rule->source));
    (void)snprintf(n, sizeof n, "%d", rule->paper);
    const char *of[] = { n };
    buf_clear(&text);
    text_fill(&text, say_application(page->desk, id), of, 1);
    view_put(one, "rule-source", buf_text(&text));
}

static bool put_rules(const RequestPage *page, Error *err)
{
    json_t *list = json_array();
    ReviewRule rules[REVIEW_RULES_MOST];
    size_t count;

    (void)json_object_set_new(page->desk->view, "rules", list);
    if (!review_rules(page->office, &page->review, &page->papers, rules, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        put_rule(page, &rules[i], append(list));
    return true;
}

/* --- stages, questions to staff, templates ------------------------------------------------------------------------ */

static void put_stages(const RequestPage *page)
{
    const Passage *passage = &page->review.passage;
    json_t *list = json_array();

    for (size_t i = 0; i < passage->count; i++) {
        const StageRow *stage = &passage->stages[i];
        json_t *one = append(list);
        OWNED_BUF when;

        buf_init(&when, 80);
        say_moment(page->desk, stage->changed_at_s, &when);
        view_put(one, "stage-when", buf_text(&when));
        view_put(one, "stage-unit", say_unit(page->desk, stage->unit));
        view_put(one, "stage-state", desk_text(page->desk, "stands.stage-", stage_state_name(stage->state)));
        view_put(one, "stage-clerk", actor_name(stage->clerk));
        view_put(one, "stage-words", stage->reason);
    }
    (void)json_object_set_new(page->desk->view, "stages", list);
}

static void put_asks(const RequestPage *page)
{
    const Review *review = &page->review;
    const Language language = page->desk->sheet.language;
    json_t *list = json_array();

    for (size_t i = 0; review->asks_staff && i < review->service->ask_count; i++) {
        const Field *field = &review->service->asks[i];
        json_t *one = append(list), *choices = json_array();

        view_put(one, "ask-id", field->id);
        view_put(one, "ask-label", local_text(&field->label, language));
        view_put_when(one, "is-required", field->required);
        view_put_when(one, "is-choice", field->kind == FIELD_CHOICE);
        view_put(one, "ask-type", field->kind == FIELD_DATE ? "date" : "text");
        for (size_t k = 0; field->kind == FIELD_CHOICE && k < field->choice_count; k++) {
            json_t *choice = append(choices);

            view_put(choice, "choice-id", field->choices[k].id);
            view_put(choice, "choice-label", local_text(&field->choices[k].label, language));
        }
        (void)json_object_set_new(one, "choices", choices);
    }
    (void)json_object_set_new(page->desk->view, "asks", list);
}

/* In the language that the student asked in: who reads it is not who writes it. */
static bool put_templates(const RequestPage *page, Error *err)
{
    const RequestRow *request = &page->review.line.request;
    Language language = page->desk->sheet.language;
    json_t *list = json_array();
    AnswerTemplates templates;
    char wanted[ID_SIZE];

    (void)json_object_set_new(page->desk->view, "templates", list);
    if (!language_parse(str_from(request->language), &language))
        language = LANGUAGE_FIRST;
    desk_asked(page->desk->query, "template", wanted, sizeof wanted);
    if (!templates_list(page->office, request->service, &templates, err))
        return false;
    for (size_t i = 0; i < templates.count; i++) {
        const AnswerTemplate *template = &templates.templates[i];
        const char *words = local_text(&template->words, language);
        const char key[2] = { i < sizeof TEMPLATE_KEYS - 1 ? TEMPLATE_KEYS[i] : '\0' };
        json_t *one = append(list);
        OWNED_BUF link;

        buf_init(&link, 512);
        buf_add_format(&link, "/office/requests/%s%s&template=%s#words", page->id, page->filters.query,
                       template->row.id);
        view_put(one, "template-words", words);
        view_put(one, "template-key", key);
        view_put(one, "template-link", buf_text(&link));
        if (!strcmp(template->row.id, wanted) && !page->typed[0])
            view_put(page->desk->view, "words", words);
    }
    templates_fini(&templates);
    return true;
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

static const char *paper_state(const PaperWanted *paper)
{
    return paper->seen ? "seen" : paper->brought ? "window" : paper->pages == 0 ? "gone" : "photo";
}

static void put_open_paper(const RequestPage *page, const PaperWanted *paper, size_t n)
{
    json_t *one = json_object(), *photos = json_array();

    view_put(one, "paper-field", paper->field->id);
    view_put(one, "paper-name", local_text(&paper->field->label, page->desk->sheet.language));
    view_put(one, "paper-state", desk_text(page->desk, "stands.paper-", paper_state(paper)));
    view_put(one, "paper-clerk", paper->seen ? actor_name(paper->seen_by) : "");
    view_put_when(one, "may-tick", !paper->seen);
    (void)json_object_set_new(one, "paper-n", json_integer((json_int_t)n));
    for (int i = 1; i <= paper->pages; i++)
        (void)json_object_set_new(append(photos), "photo-n", json_integer(i));
    (void)json_object_set_new(one, "photos", photos);
    (void)json_object_set_new(page->desk->view, "paper", one);
}

static void put_papers(const RequestPage *page)
{
    const PapersWanted *papers = &page->papers;
    json_t *list = json_array();
    char text[8];
    uint64_t open;

    if (!query_get(page->desk->query, "paper", text, sizeof text) ||
        !str_to_u64(str_from(text), 1, papers->count, &open))
        open = 1;
    for (size_t i = 0; i < papers->count; i++) {
        const PaperWanted *paper = &papers->papers[i];
        json_t *one = append(list);
        char key[2] = { i < 9 ? (char)('1' + i) : '\0' };
        OWNED_BUF link;

        buf_init(&link, 512);
        buf_add_format(&link, "/office/requests/%s%s&paper=%zu", page->id, page->filters.query, i + 1);
        view_put(one, "paper-link", buf_text(&link));
        view_put(one, "paper-key", key);
        view_put(one, "paper-name", local_text(&paper->field->label, page->desk->sheet.language));
        view_put_when(one, "is-open-paper", i + 1 == open);
        view_put_when(one, "is-seen", paper->seen);
        if (i + 1 == open)
            put_open_paper(page, paper, i + 1);
    }
    (void)json_object_set_new(page->desk->view, "papers", list);
}

bool request_page_put_parts(RequestPage *page, Error *err)
{
    put_answers(page);
    put_stages(page);
    put_asks(page);
    put_papers(page);
    return put_facts(page, err) && put_rules(page, err) && put_templates(page, err);
}
