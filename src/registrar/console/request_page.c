/* /office/requests/ID: one request, and what may be done with it now. */
#include "registrar/console/request_page.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/api/problem.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"

/* --- beginning and end -------------------------------------------------------------------------------------------- */

RequestPage *request_page_begin(const HttpServerRequest *request, Desk *desk, Error *err)
{
    OWNED(RequestPage) page = mem_new(1, sizeof *page);

    if (!page) {
        error_set(err, ERR_MEMORY, "request");
        return NULL;
    }
    page->desk = desk;
    page->office = office_of(request);
    page->typed = "";
    if (!str_copy(request->parameters[0], page->id, sizeof page->id))
        page->id[0] = '\0';
    inbox_filters_read(desk, &page->filters);
    if (!application_is_seen(desk, page->id, page->number, &page->seen, err))
        return NULL;
    return steal(&page);
}

void request_page_end(RequestPage *page)
{
    if (!page)
        return;
    review_fini(&page->review);
    papers_wanted_fini(&page->papers);
    mem_wipe(page, sizeof *page);
    mem_free(page);
}

/* --- head --------------------------------------------------------------------------------------------------------- */

static void write_who(const RequestPage *page, char *array, size_t size)
{
    const json_t *profile = json_object_get(page->review.record, "profile");
    const json_t *names = json_object_get(profile, "names");
    const char *whole = json_string_value(json_object_get(names, language_tag(page->desk->sheet.language)));
    const char *surname = json_string_value(json_object_get(profile, "surname"));
    const char *given = json_string_value(json_object_get(profile, "given"));

    if (page->review.visitor.is_visitor)
        str_copy_cut(str_from(page->review.visitor.name), array, size);
    else if (whole)
        str_copy_cut(str_from(whole), array, size);
    else
        (void)snprintf(array, size, "%.70s %.70s", surname ? surname : "", given ? given : "");
}

static void put_promised(const RequestPage *page)
{
    const RequestRow *request = &page->review.line.request;
    OWNED_BUF asked, day;

    buf_init(&asked, 80);
    buf_init(&day, 80);
    say_moment(page->desk, request->asked_at_s, &asked);
    if (request->promised_at_s)
        say_day(page->desk, request->promised_at_s, &day);
    view_put(page->desk->view, "asked", buf_text(&asked));
    view_put(page->desk->view, "promised", buf_text(&day));
}

static json_t *visitor_of(const RequestPage *page)
{
    const VisitorSaid *visitor = &page->review.visitor;
    json_t *json = json_object();
    OWNED_BUF day;
    Date birth;

    buf_init(&day, 80);
    if (date_parse(str_from(visitor->birth), &birth))
        date_write(&day, birth, page->desk->sheet.language, DATE_WORDS);
    view_put(json, "visitor-birth", buf_text(&day));
    view_put(json, "visitor-phone", visitor->phone);
    view_put(json, "visitor-seen", visitor->confirmed ? actor_name(visitor->confirmed_by) : "");
    view_put_when(json, "may-confirm", !visitor->confirmed);
    return json;
}

/* "117-T · 24.11.2026" */
static void put_order(const RequestPage *page)
{
    const OrderRow *order = &page->review.order;
    OWNED_BUF text;
    Date day;

    buf_init(&text, 120);
    if (page->review.has_order && order->state == ORDER_ISSUED) {
        buf_add_format(&text, "%s · ", order->number);
        if (date_parse(str_from(order->day), &day))
            date_write(&text, day, page->desk->sheet.language, DATE_FIGURES);
    }
    view_put(page->desk->view, "order", buf_text(&text));
    view_put_when(page->desk->view, "is-drafted", page->review.has_order && order->state == ORDER_DRAFT);
}

static void put_paper(const RequestPage *page)
{
    const ReviewPaper *paper = &page->review.paper;
    char number[DOCUMENT_NUMBER_SIZE] = "";
    json_t *view = page->desk->view;

    if (page->review.has_paper)
        document_number_write(&paper->document, number);
    view_put(view, "document", number);
    view_put(view, "blank", page->review.has_paper && paper->on_blank ? paper->blank.id : "");
    view_put(view, "stands", desk_text(page->desk, "stands.", api_request_state_name(page->review.told)));
    (void)json_object_set_new(view, "job-epoch", json_integer((json_int_t)paper->job.epoch));
}

/* --- what may be done --------------------------------------------------------------------------------------------- */

/* What an approval comes to, in words under "your decision". */
static void put_coming(const RequestPage *page)
{
    const Review *review = &page->review;
    const Service *service = review->service;
    const size_t next = passage_next(&review->passage);
    const char *unit = service && next < service->unit_count ? service->units[next] : "";
    const char *id = !service                                  ? "comes-decision"
                     : unit[0]                                 ? "comes-unit"
                     : service->outcome == OUTCOME_ORDER       ? "comes-order"
                     : service->yields == YIELD_ACTION         ? "comes-correction"
                     : service->document && service->at_window ? "comes-window"
                     : service->document                       ? "comes-document"
                                                               : "comes-decision";
    const char *values[] = { say_unit(page->desk, unit) };
    OWNED_BUF text;

    buf_init(&text, 300);
    text_fill(&text, say_application(page->desk, id), values, 1);
    view_put(page->desk->view, "comes", buf_text(&text));
}

bool request_page_hands_out(const RequestPage *page)
{
    return desk_may(page->desk, RIGHT_PRINTS) || desk_may(page->desk, RIGHT_BLANKS);
}

static void put_may(const RequestPage *page)
{
    const Review *review = &page->review;
    const RequestState state = review->line.request.state;
    const ReviewPaper *paper = &review->paper;
    const bool at_window = review->has_paper && paper->has_job && paper->job.at_window && request_page_hands_out(page);
    const JobState job = paper->job.state;
    const bool undecided = state == ASKED_OPEN || state == ASKED_IN_UNIT || state == ASKED_RETURNED;
    const bool unconfirmed = review->visitor.is_visitor && !review->visitor.confirmed;
    json_t *view = page->desk->view;

    view_put_when(view, "may-decide", undecided && !review->line.unpaid);
    view_put_when(view, "may-approve", undecided && !review->line.unpaid && !unconfirmed && review->service);
    view_put_when(view, "is-unpaid", undecided && review->line.unpaid);
    view_put_when(view, "is-mine", strcmp(review->line.clerk, page->desk->clerk) == 0);
    view_put_when(view, "may-page", at_window && job == JOB_HELD && paper->copy.making == MAKING_READY);
    view_put_when(view, "may-tell", at_window && (job == JOB_SENDING || job == JOB_UNKNOWN));
    view_put_when(view, "may-again",
                  at_window && !paper->on_blank && (job == JOB_PARTLY || job == JOB_CANCELLED || job == JOB_UNKNOWN));
    view_put_when(view, "may-hand-out",
                  at_window && paper->copy.delivery == DELIVERY_PRINTED && state == ASKED_APPROVED);
    put_coming(page);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void put_head(const RequestPage *page)
{
    const Review *review = &page->review;
    const QueueLine *line = &review->line;
    json_t *view = page->desk->view;
    static const LocalText none;
    char who[160];

    write_who(page, who, sizeof who);
    view_put(view, "request", page->id);
    view_put(view, "number", line->request.number);
    view_put(view, "title",
             say_title(page->desk, review->service ? &review->service->title : &none, line->request.service));
    view_put(view, "who", who);
    view_put(view, "student", review->visitor.is_visitor ? "" : line->student_number);
    view_put(view, "place", line->request.place);
    view_put(view, "clerk", actor_name(line->clerk));
    view_put(view, "words", page->typed);
    (void)json_object_set_new(view, "epoch", json_integer((json_int_t)line->request.epoch));
    view_put_when(view, "is-open", true);
    put_promised(page);
    (void)json_object_set_new(view, "visitor", review->visitor.is_visitor ? visitor_of(page) : json_false());
    put_order(page);
    put_paper(page);
    put_may(page);
}

bool request_page_show(RequestPage *page, int status, HttpServerAnswer *answer, Error *err)
{
    Desk *desk = page->desk;
    ApiProblem problem;

    if (!page->seen)
        return application_not_found(desk, answer, err);
    if (!review_open(page->office, desk->clerk, page->id, desk_may(desk, RIGHT_STUDENTS), &problem, &page->review, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return application_not_found(desk, answer, err);
    if (!papers_wanted(page->office, page->id, &problem, &page->papers, err))
        return false;
    put_head(page);
    return request_page_put_parts(page, err) && inbox_put(desk, &page->filters, page->id, err) &&
           desk_view(desk, "applications", status, answer, err);
}

bool page_request(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(RequestPage) page = request_page_begin(request, &desk, err);
    return page && request_page_show(page, 200, answer, err);
}
