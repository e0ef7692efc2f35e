/* A request that people decide or that is paid first: its number, when and where, and that one may go. */
#include "kiosk/screens/build.h"

static void waiting(Page *page)
{
    /* TRANSLATORS: title while a request goes to the office */
    frame_title(page, say(page, "Handing in…"), words_service(page, page->visit->service));
    part_space(page, MM_G3);
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "handed-in.waiting",
                           say(page, "Your request is on its way to the registrar’s office."),
                           style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
    node->icon = "clock";
    node->style.axis = AXIS_ROW;
    part_space(page, MM_G2);
    part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
}

static const char *title_words(Page *page, const IssueState *issue)
{
    if (issue->anew)
        /* TRANSLATORS: title: what the office had given back is with the office again */
        return say(page, "Handed in again");
    switch (issue->paper.state) {
    case REQUEST_PAYMENT: return say(page, "Waiting for your payment");
    case REQUEST_WINDOW: return say(page, "Ready at the window");
    case REQUEST_RETURNED: return say(page, "The office needs something more");
    case REQUEST_DONE: return say(page, "It is done");
    case REQUEST_APPROVED: return say(page, "It is approved");
    case REQUEST_OPEN:
    case REQUEST_READY:
    case REQUEST_PRINTED:
    case REQUEST_UNKNOWN:
    case REQUEST_REVIEW:
    case REQUEST_DECLINED:
    case REQUEST_COLLECTED:
    case REQUEST_STATE_COUNT: break;
    }
    /* TRANSLATORS: titles: the office has the request; it had it before already */
    return issue->already ? say(page, "You have handed this in already") : say(page, "Your request is handed in");
}

static void head(Page *page, const IssueState *issue)
{
    bool pay = issue->paper.state == REQUEST_PAYMENT;
    Plate plate = pay ? (Plate){ "pay", 30.0F, 18.0F, COLOUR_WARN_TINT, COLOUR_WARN, true }
                      : (Plate){ "check", 30.0F, 18.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true };

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    if (page->scale < 1.5F)
        part_plate(page, plate);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 2.0F });
    tree_leaf(
        page->tree, ROLE_HEADING, "title", title_words(page, issue),
        style_text(page_is_tight(page) ? TEXT_HEADING : TEXT_TITLE, WEIGHT_BOLD, pay ? COLOUR_WARN : COLOUR_GOOD));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words_service(page, page->visit->service));
    tree_close(page->tree);
    tree_close(page->tree);
}

static void facts(Page *page, const Service *service, const ApiIssued *paper)
{
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_fact(page, "doc", say(page, "Number"), paper->number);
    if (paper->promised_at_s > 0) {
        part_line(page);
        part_fact(page, "clock", say(page, "When ready"), words_promised(page, paper->promised_at_s));
    }
    if (service) {
        part_line(page);
        part_fact(page, "place", say(page, "Where you get it"), words_where(page, service));
    }
    tree_close(page->tree);
}

static void bring_list(Page *page, const Service *service)
{
    if (service->bring_count == 0)
        return;
    tree_open(page->tree, ROLE_GROUP, "handed-in.bring", "", style_card(MM_G2));
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "What to bring"));
    for (size_t i = 0; i < service->bring_count; i++) {
        part_space(page, MM_G);
        part_note(page, "hand", words_local(page, &service->bring[i]));
    }
    tree_close(page->tree);
}

/* People are to look at it, now or once it is paid. */
static bool is_on_its_way(const IssueState *issue)
{
    return issue->paper.state == REQUEST_REVIEW || issue->paper.state == REQUEST_PAYMENT;
}

static void follow(Page *page, const ApiIssued *paper)
{
    bool pay = paper->state == REQUEST_PAYMENT;

    part_space(page, MM_G2);
    if (pay)
        part_note(page, "redo", say(page, "It goes on by itself once the payment is confirmed."));
    part_space(page, pay ? MM_G : 0.0F);
    part_note(page, "doc", say(page, "You can follow it at any kiosk, under “My requests”."));
}

/* The number on paper, for who wants it. */
static void receipt(Page *page)
{
    const SlipPhase phase = page->visit->slip.phase;
    const char *words = "";

    if (phase == SLIP_ASKED || phase == SLIP_PRINTING)
        /* TRANSLATORS: a receipt is a small print: what was handed in, when, under which number */
        words = say(page, "The receipt is being printed…");
    else if (phase == SLIP_PRINTED)
        words = say(page, "The receipt is in the printer’s tray. Take it with you.");
    else if (phase == SLIP_FAILED)
        words = say(page, "No receipt could be printed. The number is enough: note it down.");
    if (words[0]) {
        part_space(page, MM_G2);
        Node *node = tree_leaf(page->tree, ROLE_STATUS, "handed-in.receipt.state", words,
                               style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_BRAND));
        node->icon = phase == SLIP_PRINTED ? "check" : phase == SLIP_FAILED ? "warn" : "print";
        node->style.axis = AXIS_ROW;
    }
    if (phase == SLIP_PRINTED || !model_offers_receipt(page->model))
        return;
    part_space(page, MM_G2);
    part_way(page, (Way){ "handed-in.receipt", "print", say(page, "Print a receipt"),
                          say(page, "With the number, the date and what to bring"), ACT_RECEIPT, 0, false, 34.0F });
}

void screen_handed_in(Page *page)
{
    const IssueState *issue = &page->visit->issue;
    bool waits = !issue->issued || page->visit->waiting.command != CMD_NONE;

    frame_open(page);
    if (waits) {
        waiting(page);
        frame_bar(page);
        part_finish(page);
        frame_close(page);
        return;
    }
    bool pay = issue->paper.state == REQUEST_PAYMENT;
    head(page, issue);
    part_space(page, MM_G2);
    part_columns_open(page, 0.5F);
    if (pay)
        part_invoice(page, issue->paper.invoice, issue->paper.sum);
    else
        facts(page, model_service(page->model), &issue->paper);
    part_columns_next(page);
    const Service *service = model_service(page->model);
    if (pay)
        facts(page, service, &issue->paper);
    if (service && is_on_its_way(issue))
        part_what_next(page, service);
    if (service && is_on_its_way(issue))
        bring_list(page, service);
    follow(page, &issue->paper);
    receipt(page);
    part_columns_close(page);
    part_signed_out_in(page);
    frame_bar(page);
    part_button(page, (Button){ BUTTON_SECOND, "handed-in.again", say(page, "Something else"), "plus", false,
                                ACT_SOMETHING_ELSE, 0 });
    part_push(page);
    Node *finish = part_main(page, "handed-in.finish", say(page, "Finish"), "exit", ACT_FINISH);
    finish->icon_after = false;
    frame_close(page);
}
