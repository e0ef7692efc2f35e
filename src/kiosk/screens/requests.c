/* "My requests": all of them, and one with what became of it and what one can do. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/mine.h"

/* --- all ---------------------------------------------------------------------------------------------------------- */

void screen_requests(Page *page)
{
    const ApiRequestLine *lines[API_REQUESTS_MOST];
    size_t count = model_requests(page->model, lines);

    frame_open(page);
    frame_title(page, say(page, "My requests"), "");
    part_space(page, MM_G2);
    if (count == 0)
        part_note(page, "doc", say(page, "You have asked for nothing yet."));
    else {
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
        for (size_t i = 0; i < count; i++) {
            size_t index = (size_t)(lines[i] - page->visit->home->requests);
            if (i > 0)
                part_line(page);
            mine_row(page, lines[i], tree_format(page->tree, "requests.%zu", index + 1), ACT_REQUEST_LOOK);
        }
        tree_close(page->tree);
    }
    if (model_tells_looks(page->model)) {
        part_space(page, MM_G2);
        part_way(page, (Way){ "requests.looks", "eye", say(page, "Who looked at my data"),
                              say(page, "sign-ins, checks of papers, staff"), ACT_LOOKS, 0, false, 34.0F });
    }
    if (model_tells_card(page->model)) {
        part_space(page, MM_G2);
        /* TRANSLATORS: the student's card that they sign in with, and what can be done with it */
        part_way(page, (Way){ "requests.card", "card", say(page, "My card"), say(page, "sign in with it, or block it"),
                              ACT_CARD, 0, false, 34.0F });
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}

/* --- one of them: what became of it ------------------------------------------------------------------------------- */

static const char *state_title(Page *page, const ApiRequestLine *line)
{
    switch (line->state) {
    /* TRANSLATORS: titles: what became of a request */
    case REQUEST_READY: return say(page, "Ready to print");
    case REQUEST_UNKNOWN: return say(page, "We do not know whether it came out");
    case REQUEST_WINDOW: return say(page, "Ready at the window");
    case REQUEST_PAYMENT: return say(page, "Waiting for your payment");
    case REQUEST_RETURNED: return say(page, "The office needs something more");
    case REQUEST_DECLINED: return say(page, "The office said no");
    case REQUEST_REVIEW:
        return request_is_late(page->model, line) ? say(page, "It is late") : say(page, "It is being looked at");
    case REQUEST_PRINTED: return say(page, "It was printed");
    case REQUEST_COLLECTED: return say(page, "It was handed out");
    case REQUEST_DONE: return say(page, "It is done");
    case REQUEST_APPROVED: return say(page, "It is approved");
    case REQUEST_OPEN:
    case REQUEST_STATE_COUNT: break;
    }
    return say(page, "It is being made");
}

/* What staff gave back can be answered here. */
static bool can_answer(const Page *page)
{
    const ApiRequestDetails *details = page->visit->mine.details;

    return details && details->can_answer && model_finds(page->model, details->line.service);
}

static const char *state_text(Page *page, const ApiRequestLine *line)
{
    switch (line->state) {
    case REQUEST_READY: return say(page, "It comes out of the printer of this kiosk.");
    case REQUEST_UNKNOWN: return say(page, "Please look for it first. It can be printed once more.");
    case REQUEST_WINDOW: return fill(page, say(page, "Bring your passport or student card. {0}."), words_open(page));
    case REQUEST_PAYMENT: return say(page, "It goes on by itself once the payment is confirmed.");
    case REQUEST_RETURNED:
        return can_answer(page) ? say(page, "Answer it here, or withdraw the request.")
                                : say(page, "Please bring it to the window, or withdraw the request.");
    case REQUEST_DECLINED: return say(page, "You can ask at the window, or ask for it anew.");
    case REQUEST_REVIEW:
        return request_is_late(page->model, line)
                   ? say(page, "It should have been ready by now, and is not. The window can tell you more.")
                   : say(page, "You need not wait here: how it stands is told at any kiosk.");
    case REQUEST_APPROVED: return say(page, "The order is being made. Its number will stand here.");
    case REQUEST_OPEN:
    case REQUEST_PRINTED:
    case REQUEST_COLLECTED:
    case REQUEST_DONE:
    case REQUEST_STATE_COUNT: break;
    }
    return "";
}

static void head(Page *page, const ApiRequestLine *line)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_mine_mark(page, mine_mark(page, line));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    frame_title(page, state_title(page, line), words_service(page, line->service));
    tree_close(page->tree);
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void part_staff_words(Page *page, const char *words, bool declined)
{
    /* TRANSLATORS: label over what a member of staff wrote */
    const char *label = say(page, "What the office wrote");
    Style card = style_card(MM_G2);

    if (!words[0])
        return;
    card.fill = declined ? COLOUR_BAD_TINT : COLOUR_WARN_TINT;
    card.gap = 2.0F;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, declined ? COLOUR_BAD : COLOUR_WARN, label);
    tree_leaf(page->tree, ROLE_TEXT, "request.words", fill(page, say(page, "“{0}”"), words),
              style_text(TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE));
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void part_invoice(Page *page, const char *invoice, int64_t sum)
{
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    /* TRANSLATORS: labels of an invoice: what is to be paid, its number */
    part_fact(page, "money", say(page, "To be paid"), words_sum(page, sum));
    part_line(page);
    part_fact(page, "pay", say(page, "Invoice number"), invoice);
    part_line(page);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, say(page, "How to pay"));
    part_note(page, "person", say(page, "At the university’s cash desk: give this number."));
    part_note(page, "phone",
              say(page, "In your bank’s app: pay the university and give this number as the purpose of the payment."));
    tree_close(page->tree);
    part_space(page, MM_G2);
}

static void facts(Page *page, const ApiRequestLine *line)
{
    const char *number = line->number[0] ? line->number : "–";
    Style card = style_card(MM_G2);

    if (line->state == REQUEST_PAYMENT)
        part_invoice(page, line->invoice, line->sum);
    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    /* TRANSLATORS: labels of facts about a request */
    part_fact(page, "doc", say(page, "Number"), number);
    part_line(page);
    part_fact(page, "clock", say(page, "Asked for"), words_date(page, line->at_s * 1000, DATE_WORDS));
    if (line->promised_at_s > 0 && (line->state == REQUEST_REVIEW || line->state == REQUEST_PAYMENT)) {
        part_line(page);
        part_fact(page, "check", say(page, "Promised"), words_promised(page, line->promised_at_s));
    }
    tree_close(page->tree);
}

/* --- what one can do ---------------------------------------------------------------------------------------------- */

/* The index of its service where it can be asked for anew; the catalogue's count otherwise. */
static size_t anew_index(const Page *page, const ApiRequestLine *line)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t count = catalogue_count(catalogue), i = 0;

    if (line->state != REQUEST_DECLINED && !page->visit->mine.withdrawn)
        return count;
    while (i < count && !str_equal_text(str_from(catalogue_at(catalogue, i)->id), line->service))
        i++;
    return i < count && model_offers(page->model, catalogue_at(catalogue, i)) ? i : count;
}

static void bar(Page *page, const ApiRequestLine *line)
{
    const ApiHome *home = page->visit->home;
    size_t anew = anew_index(page, line), index = 0;
    bool printable = line->state == REQUEST_READY || line->state == REQUEST_UNKNOWN;

    while (index < home->request_count && !str_equal_text(str_from(home->requests[index].id), line->id))
        index++;
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (can_answer(page))
        /* TRANSLATORS: button: what the office gave back is answered once more */
        part_main(page, "request.answer", say(page, "Answer anew"), "edit", ACT_ANSWER_ANEW);
    else if (anew < catalogue_count(page->model->catalogue))
        /* TRANSLATORS: button: the same service once more, from its beginning */
        part_main(page, "request.anew", say(page, "Ask anew"), "redo", ACT_SERVICE)->send.arg = (uint16_t)anew;
    else if (printable && index < home->request_count)
        part_main(page, "request.print", line->state == REQUEST_READY ? say(page, "Print") : say(page, "Print again"),
                  "print", ACT_REQUEST)
            ->send.arg = (uint16_t)index;
    else
        part_finish(page);
    frame_close(page);
}

static void withdraw_way(Page *page, const ApiRequestLine *line)
{
    bool waits = page->visit->waiting.command == CMD_WITHDRAW;

    if (!request_can_be_withdrawn(line))
        return;
    part_space(page, MM_G2);
    /* TRANSLATORS: button: the student takes the request back; what the button says while that is done */
    Node *node = part_way(page, (Way){ "request.withdraw", "close", say(page, "Withdraw the request"),
                                       waits ? say(page, "Being withdrawn…") : "", ACT_WITHDRAW, 0, false, 34.0F });
    node->state |= waits ? NODE_DISABLED : 0;
    part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
}

static void notice(Page *page)
{
    if (!page->visit->mine.too_late)
        return;
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                          say(page, "That came too late: the office has decided meanwhile."),
                          say(page, "Here you see how it stands now.") });
    part_space(page, MM_G2);
}

static void withdrawn(Page *page, const ApiRequestLine *line)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_mine_mark(page, (Plate){ "check", 24.0F, 14.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    frame_title(page, say(page, "The request is withdrawn"), words_service(page, line->service));
    tree_close(page->tree);
    tree_close(page->tree);
    part_space(page, MM_G2);
    part_note(
        page, "doc",
        fill(page, say(page, "Nobody works on № {0} any more. You can ask anew whenever you like."), line->number));
}

/* The question before it is taken back. */
static void asking(Page *page, const ApiRequestLine *line)
{
    frame_open(page);
    /* TRANSLATORS: title, a question; {0} under it: the service's name, {1} the request's number */
    frame_title(page, say(page, "Withdraw this request?"),
                fill(page, "{0} · № {1}", words_service(page, line->service), line->number));
    part_space(page, MM_G3);
    part_note(page, "warn", say(page, "The office stops working on it. To get it later you ask anew, and wait anew."));
    part_space(page, MM_G3);
    part_label(page, say(page, "What you can do now"));
    part_grid(page, page->wide ? 2 : 1, MM_G);
    part_way(page, (Way){ "request.keep", "back", say(page, "Keep it"), "", ACT_BACK, 0, true, 56.0F });
    part_way(page,
             (Way){ "request.withdraw.yes", "close", say(page, "Withdraw it"), "", ACT_WITHDRAW_YES, 0, false, 56.0F });
    tree_close(page->tree);
    frame_bar(page);
    part_back(page);
    frame_close(page);
}

void screen_request(Page *page)
{
    const MineState *mine = &page->visit->mine;
    const ApiRequestLine *line = &mine->line;

    if (mine->asking) {
        asking(page, line);
        return;
    }
    frame_open(page);
    if (mine->withdrawn)
        withdrawn(page, line);
    else {
        notice(page);
        head(page, line);
        part_staff_words(page, line->words, line->state == REQUEST_DECLINED);
        const char *text = state_text(page, line);
        if (text[0]) {
            part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, text);
            part_space(page, MM_G2);
        }
        if (page->visit->mine.details)
            part_request_details(page, page->visit->mine.details);
        facts(page, line);
        withdraw_way(page, line);
    }
    bar(page, line);
}
