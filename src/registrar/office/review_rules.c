#include "registrar/office/review_rules.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/bound.h"

static const char *const source_names[] = {
    [RULE_OF_RECORD] = "record",     [RULE_OF_REQUESTS] = "requests", [RULE_OF_CALENDAR] = "calendar",
    [RULE_OF_FORM] = "form",         [RULE_OF_PAPER] = "paper",       [RULE_OF_PAYMENT] = "payment",
    [RULE_OF_PASSPORT] = "passport",
};
static_assert(COUNT(source_names) == RULE_SOURCE_COUNT, "one name per RuleSource");

const char *rule_source_name(RuleSource source)
{
    return source_names[source];
}

void rule_say_value(const Review *review, const char *is, const char *value, Language language, Buf *ret)
{
    static const struct {
        const char *is;
        WordList words;
    } lists[] = {
        { "status", WORDS_STATUS },     { "type", WORDS_TYPE },
        { "form", WORDS_FORM },         { "payment", WORDS_PAYMENT },
        { "gender", WORDS_GENDER },     { "accommodation", WORDS_ACCOMMODATION },
        { "social", WORDS_SOCIAL },     { "citizenship", WORDS_CITIZENSHIP },
        { "language", WORDS_LANGUAGE },
    };

    for (size_t i = 0; i < COUNT(lists); i++) {
        const LocalText *word =
            strcmp(lists[i].is, is) == 0 ? words_find(shelf_words(review->shelf), lists[i].words, value) : NULL;
        if (word)
            buf_add_text(ret, local_text(word, language));
    }
}

/* --- the catalogue's ---------------------------------------------------------------------------------------------- */

typedef struct Checking {
    Office *office;
    const Review *review;
    ReviewRule *rules;
    size_t count;
} Checking;

static void add(Checking *checking, ReviewRule rule)
{
    if (checking->count < REVIEW_RULES_MOST)
        checking->rules[checking->count++] = rule;
}

static RuleSource source_of(const char *is)
{
    static const struct {
        const char *is;
        RuleSource source;
    } others[] = {
        { "times", RULE_OF_REQUESTS },  { "open", RULE_OF_REQUESTS }, { "campaign", RULE_OF_CALENDAR },
        { "season", RULE_OF_CALENDAR }, { "days", RULE_OF_CALENDAR },
    };

    for (size_t i = 0; i < COUNT(others); i++)
        if (!strcmp(others[i].is, is))
            return others[i].source;
    return RULE_OF_RECORD;
}

/* Of seasons and campaigns counts when it was asked for: that was let in then, and waited since. */
static bool is_of_now(const char *is)
{
    return source_of(is) != RULE_OF_CALENDAR;
}

/* This very request is neither one before it nor another that is under way. */
static void pass_over_itself(AskedCount *asked, size_t count, const RequestRow *request)
{
    const bool decided = request->state == ASKED_APPROVED || request->state == ASKED_FULFILLED;
    const bool waits =
        request->state == ASKED_OPEN || request->state == ASKED_IN_UNIT || request->state == ASKED_RETURNED;

    for (size_t i = 0; i < count; i++)
        if (!strcmp(asked[i].service, request->service) && !asked[i].template[0]) {
            asked[i].granted -= decided && asked[i].granted > 0;
            asked[i].under_way -= waits && asked[i].under_way > 0;
            return;
        }
}

static void judge(Checking *checking, const StudentFacts *facts)
{
    const Service *service = checking->review->service;

    for (size_t i = 0; i < service->predicate_count; i++) {
        const Predicate *predicate = &service->predicates[i];
        bool judged;
        const Verdict verdict = predicate_judge(service, i, facts, &judged);

        if (judged && is_of_now(predicate->is))
            add(checking, (ReviewRule){ .is = predicate->is,
                                        .state = verdict.reason == REASON_NONE     ? RULE_HOLDS
                                                 : verdict.reason == REASON_RECORD ? RULE_IS_YOURS
                                                                                   : RULE_FAILS,
                                        .source = source_of(predicate->is),
                                        .predicate = predicate });
    }
}

static bool check_catalogue(Checking *checking, Error *err)
{
    const RequestRow *request = &checking->review->line.request;
    const Session session = { .student = request->student };
    OWNED_RECORD record = { 0 };
    OWNED(AccessBasis) basis = NULL;

    if (!record_read(checking->office, request->student, RECORD_RULES, &record, err) ||
        !access_basis_read(checking->office, checking->review->shelf, &session, &record, &basis, err))
        return false;
    StudentFacts facts = *access_facts(basis);
    AskedCount *asked = mem_new(facts.asked_count + 1, sizeof *asked);
    if (!asked)
        return error_set(err, ERR_MEMORY, "rules");
    if (facts.asked_count > 0)
        memcpy(asked, facts.asked, facts.asked_count * sizeof *asked);
    pass_over_itself(asked, facts.asked_count, request);
    facts.asked = asked;
    judge(checking, &facts);
    mem_free(asked);
    return true;
}

/* --- what else a decision stands on ------------------------------------------------------------------------------- */

static void check_answers(Checking *checking)
{
    const Service *service = checking->review->service;
    const char *id = NULL;
    const FormFault fault = form_check(service, &checking->review->answers, office_today(checking->office), &id);
    ReviewRule rule = { .is = "answers",
                        .source = RULE_OF_FORM,
                        .state = fault == FORM_OK ? RULE_HOLDS : RULE_IS_YOURS };

    for (size_t i = 0; i < service->field_count; i++)
        if (fault != FORM_OK && id && !strcmp(service->fields[i].id, id))
            rule.field = &service->fields[i];
    if (service->field_count > 0)
        add(checking, rule);
}

static void check_average(Checking *checking)
{
    size_t at;
    const json_t *one;

    json_array_foreach(json_object_get(checking->review->record, "averages"), at, one)
    {
        if (!json_is_true(json_object_get(one, "differs")))
            continue;
        add(checking, (ReviewRule){ .is = "average", .source = RULE_OF_RECORD, .state = RULE_IS_YOURS });
        return;
    }
}

static void check_papers(Checking *checking, const PapersWanted *papers)
{
    for (size_t i = 0; papers && i < papers->count; i++) {
        const PaperWanted *paper = &papers->papers[i];

        add(checking, (ReviewRule){ .is = "paper",
                                    .source = RULE_OF_PAPER,
                                    .state = paper->seen ? RULE_HOLDS : RULE_IS_YOURS,
                                    .field = paper->field,
                                    .paper = (int)i + 1,
                                    .brought = paper->brought });
    }
}

bool review_rules(Office *office, const Review *review, const PapersWanted *papers, ReviewRule ret[REVIEW_RULES_MOST],
                  size_t *ret_count, Error *err)
{
    Checking checking = { .office = office, .review = review, .rules = ret };

    *ret_count = 0;
    if (!review->service)
        return true;
    if (!check_catalogue(&checking, err))
        return error_add(err, "rules");
    check_answers(&checking);
    check_average(&checking);
    if (review->has_invoice)
        add(&checking, (ReviewRule){ .is = review->invoice.state == INVOICE_PAID ? "payment-paid" : "payment-unpaid",
                                     .source = RULE_OF_PAYMENT,
                                     .state = review->invoice.state == INVOICE_PAID ? RULE_HOLDS : RULE_FAILS });
    if (review->visitor.is_visitor)
        add(&checking, (ReviewRule){ .is = "passport",
                                     .source = RULE_OF_PASSPORT,
                                     .state = review->visitor.confirmed ? RULE_HOLDS : RULE_IS_YOURS });
    check_papers(&checking, papers);
    *ret_count = checking.count;
    return true;
}
