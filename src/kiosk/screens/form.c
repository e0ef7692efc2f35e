/* One question a screen, with the keyboard that fits; then the review, each line with "change". */
#include "kiosk/screens/build.h"
#include "kiosk/screens/form_fields.h"

#define MM_CHANGE_BESIDE 190.0F /* an answer and its button have room on one line */
#define LOW_MM           170.0F /* of content: less room around what is shown */
#define MM_STEPS_BESIDE  280.0F /* of content: question and progress have room on one line */

/* --- question ----------------------------------------------------------------------------------------------------- */

static void steps(Page *page, size_t question, size_t total)
{
    const char *now = words_number(page, (int64_t)question + 1);
    /* TRANSLATORS: {0}: this question's number, {1}: how many there are */
    const char *words = fill(page, say(page, "Question {0} of {1}"), now, words_number(page, (int64_t)total));
    Node *node = tree_leaf(page->tree, ROLE_PROGRESS, "form.steps", words,
                           (Style){ .axis = AXIS_ROW,
                                    .align = ALIGN_CENTRE,
                                    .gap = MM_G,
                                    .text = TEXT_CAPTION,
                                    .weight = WEIGHT_SEMIBOLD,
                                    .ink = COLOUR_INK_SOFT });

    node->value = tree_format(page->tree, "%zu/%zu", question + 1, total);
}

static void title(Page *page, const char *words, const char *under)
{
    if (page_crowded(page))
        tree_leaf(page->tree, ROLE_HEADING, "title", words, style_text(TEXT_HEADING, WEIGHT_BOLD, COLOUR_NONE));
    else
        frame_title(page, words, under);
}

/* What the record says and the question is about: large, above it. */
static void shown(Page *page, const Field *field)
{
    const char *value = field->shows ? model_shown(page->model, field->shows) : NULL;
    Style style = style_card(page_content_height(page) < LOW_MM ? MM_G : MM_G2);

    if (!value)
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    tree_leaf(page->tree, ROLE_TEXT, tree_format(page->tree, "form.%s.shown", field->id), value,
              style_text(TEXT_TITLE, WEIGHT_BOLD, COLOUR_NONE));
    tree_close(page->tree);
    part_space(page, page_content_height(page) < LOW_MM ? MM_G : MM_G2);
}

/* The question as title, its progress above it or, where the glass is wide, beside it. */
static void head(Page *page, const Field *field, size_t total)
{
    size_t question = page->visit->form.question;
    bool several = total > 1, beside = several && page->wide && page->inside >= MM_STEPS_BESIDE * page->scale &&
                                       !(page->typing && page_pad_beside(page));

    if (several && !beside) {
        steps(page, question, total);
        part_space(page, page_crowded(page) ? 2.0F : page->typing ? MM_G : MM_G2);
    }
    shown(page, field);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G2 });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    title(page, words_local(page, &field->label), words_local(page, &field->help));
    tree_close(page->tree);
    if (beside)
        steps(page, question, total);
    tree_close(page->tree);
    part_space(page, page_crowded(page) ? MM_G : MM_G3);
}

/* Where it had no room under the title. */
static void help(Page *page, const Field *field)
{
    const char *words = words_local(page, &field->help);

    if (!page_crowded(page) || !words[0])
        return;
    part_space(page, MM_G);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words);
}

void screen_form(Page *page)
{
    size_t total = 0;
    const Field *field = model_question(page->model, &total);
    bool types = field && field_has_keyboard(page, field);

    page->lean = page->height < MM_LEAN; /* alike over all questions */
    if (types)
        frame_open_typing(page);
    else
        frame_open(page);
    if (field) {
        head(page, field, total);
        field_build(page, field);
        help(page, field);
    }
    if (types)
        frame_keyboard(page);
    else if (field)
        field_foot(page, field);
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (field && field_has_no_choice(field) && field->required)
        part_finish(page);
    else
        part_main(page, "form.next", say(page, "Continue"), "next", ACT_FORM_NEXT);
    frame_close(page);
}

/* --- review --------------------------------------------------------------------------------------------------------
 */

static const char *answer_words(Page *page, const Field *field)
{
    const char *answer = answers_get(&page->visit->answers, field->id);

    /* TRANSLATORS: in the review: a question that was left empty */
    return answer ? field_answer(page, field, answer) : say(page, "not answered");
}

static void answer_row(Page *page, const Field *field, size_t n)
{
    bool row = page->inside >= MM_CHANGE_BESIDE * page->scale;
    Style style = row ? style_row(6.0F) : style_column(MM_G);

    style.min_height = page_row(page, 44.0F);
    style.pad_top = style.pad_bottom = 7.0F;
    style.pad_left = style.pad_right = MM_G2;
    if (n > 0)
        part_line(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = row ? 1.0F : 0.0F, .gap = 1.5F });
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words_local(page, &field->label));
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, answer_words(page, field));
    tree_close(page->tree);
    const char *id = tree_format(page->tree, "review.change.%s", field->id);
    /* TRANSLATORS: button beside an answer */
    part_button(page, (Button){ BUTTON_SECOND, id, say(page, "Change"), "edit", false, ACT_CHANGE, (uint16_t)n });
    tree_close(page->tree);
}

static void answers(Page *page, const Service *service, size_t total)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
    for (size_t n = 0; n < total; n++)
        answer_row(page, &service->fields[form_asked(service, &page->visit->answers, n, NULL)], n);
    tree_close(page->tree);
    part_space(page, MM_G3);
}

/* When it is there, where, and what it costs: what one agrees to by handing in. */
static void promise(Page *page, const Service *service)
{
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_fact(page, "clock", say(page, "When ready"),
              words_how_long(page, service, model_offer(page->model, service->id)));
    part_line(page);
    part_fact(page, "place", say(page, "Where you get it"), words_where(page, service));
    part_line(page);
    part_fact(page, "money", say(page, "Cost"), words_cost(page, service));
    tree_close(page->tree);
    part_space(page, MM_G2);
}

/* What the answers make of the paper. */
static void terms_notes(Page *page, const Service *service)
{
    Terms terms = model_terms(page->model);

    if (terms.valid_days > 0) {
        /* TRANSLATORS: {0} is such as "90 days" */
        part_note(page, "check",
                  fill(page, say(page, "The paper is valid for {0}."), words_valid(page, terms.valid_days)));
        part_space(page, MM_G);
    }
    if (terms.limit_day > 0 && terms.limit_day != service->limit_day) {
        part_note(page, "copies",
                  fill(page,
                       say_n(page, "With these answers you can have {0} copy a day.",
                             "With these answers you can have {0} copies a day.", terms.limit_day),
                       words_number(page, terms.limit_day)));
        part_space(page, MM_G);
    }
}

/* What staff wrote of the request that is answered anew: what all this is about. */
static void returned(Page *page)
{
    const Anew *anew = &page->visit->anew;

    if (!anew->id[0])
        return;
    part_staff_words(page, anew->words, false);
}

/* Why a person without an account is not let in with these answers. */
static void visitor_note(Page *page)
{
    const VisitorState *visitor = &page->visit->visitor;
    Notice notice = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, "", "" };

    switch (visitor->note) {
    case VISITOR_NOTE_NONE: return;
    case VISITOR_NOTE_NOT_FOUND:
        /* TRANSLATORS: titles and texts over what somebody without an account said of themselves */
        notice.title = say(page, "We have no request with this number and passport");
        notice.text = say(page, "Look whether both are as on your receipt, or say who you are as someone new.");
        break;
    case VISITOR_NOTE_LIMITED:
        notice.title = say(page, "Too many tries");
        notice.text = fill(page, say(page, "You can go on at {0}, or ask at the window."),
                           words_time(page, visitor->wait_until_ms));
        break;
    case VISITOR_NOTE_ENDED:
        notice.title = say(page, "Your time is over");
        notice.text = say(page, "Say once more who you are: what you filled in is still here.");
        break;
    }
    part_notice(page, ROLE_ALERT, notice);
    part_space(page, MM_G2);
}

static void review_title(Page *page, size_t total, bool hands_in)
{
    const char *look = say(page, "Look through them; each can be changed.");

    if (model_is_introducing(page->model))
        /* TRANSLATORS: title over what somebody without an account said of themselves */
        frame_title(page, say(page, "Is this right?"), say(page, "So the office knows who asks."));
    else if (page->visit->anew.id[0])
        /* TRANSLATORS: title over the answers of a request that the office gave back; {0} the request's number */
        frame_title(
            page, say(page, "Answer anew"),
            fill(page, say(page, "№ {0}: change what is asked for, the rest stays."), page->visit->anew.number));
    else if (total > 0)
        /* TRANSLATORS: title of the review of all answers */
        frame_title(page, say(page, "Your answers"), look);
    else
        /* TRANSLATORS: title before a request without questions is handed in; {0} is the service's name */
        frame_title(page, words_service(page, page->visit->service),
                    hands_in ? say(page, "Hand in your request?") : "");
}

/* What comes next. */
static void next_note(Page *page, bool hands_in)
{
    if (hands_in)
        part_note(page, "person", say(page, "A member of staff looks at your request. Nothing is printed now."));
    else
        part_note(page, "eye", say(page, "Next you see the page as it will be printed."));
}

static void review_bar(Page *page, bool hands_in)
{
    bool waits = page->visit->waiting.command == CMD_VISITOR;
    /* TRANSLATORS: buttons: the request goes to the office; once more, after it was given back */
    const char *words = page->visit->anew.id[0] ? say(page, "Hand in again")
                        : hands_in              ? say(page, "Hand in")
                                                : say(page, "Continue");

    frame_bar(page);
    part_back(page);
    part_push(page);
    part_main(page, "review.next", words, "next", ACT_REVIEW_NEXT)->state |= waits ? NODE_DISABLED : 0;
    frame_close(page);
}

void screen_review(Page *page)
{
    const Service *service = model_service(page->model);
    size_t total = model_questions(page->model);
    bool introduces = model_is_introducing(page->model), hands_in = !introduces && model_hands_in(page->model);

    frame_open(page);
    review_title(page, total, hands_in);
    part_space(page, MM_G3);
    returned(page);
    if (introduces)
        visitor_note(page);
    if (service && total > 0)
        answers(page, service, total);
    if (service && hands_in && !page->visit->anew.id[0])
        promise(page, service);
    if (service && !introduces)
        terms_notes(page, service);
    if (!introduces)
        next_note(page, hands_in);
    else
        part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
    review_bar(page, hands_in);
}
