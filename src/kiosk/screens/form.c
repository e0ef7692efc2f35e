/* One question a screen, with the keyboard that fits; then the review, each line with "change". */
#include "kiosk/screens/build.h"

#include <string.h>

/* --- question ------------------------------------------------------------------------------------------------------
 */

static void steps(Page *page, size_t question, size_t total)
{
    if (total < 2)
        return;
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
    part_space(page, MM_G2);
}

static const char *fault_words(Page *page, const Field *field)
{
    switch (page->visit->form.fault) {
    case FORM_OK: return "";
    case FORM_MISSING:
        if (field->kind == FIELD_CHOICE)
            /* TRANSLATORS: the next ones stand beside a field that is not filled as it should be */
            return say(page, "Choose one of these, then continue");
        return say(page, "Type an answer, then continue");
    case FORM_SHORT:
        return fill(page,
                    say_n(page, "Too short: at least {0} letter", "Too short: at least {0} letters", field->least),
                    words_number(page, field->least));
    case FORM_LONG:
        return fill(page, say_n(page, "Too long: at most {0} letter", "Too long: at most {0} letters", field->most),
                    words_number(page, field->most));
    case FORM_CHARACTERS: return say(page, "It has a character that can’t be printed on a document");
    case FORM_NOT_NUMBER: return say(page, "Digits only, please");
    case FORM_OUT_OF_RANGE:
        if (field->kind == FIELD_DATE)
            return say(page, "This date is not possible here");
        return fill(page, say(page, "A number from {0} to {1}"), words_number(page, field->least),
                    words_number(page, field->most));
    case FORM_NOT_DATE: return say(page, "There is no such date: day, month, year, as 24.11.2026");
    case FORM_UNKNOWN:
    case FORM_NOT_OFFERED: break;
    }
    return say(page, "Choose another answer");
}

static void choices(Page *page, const Field *field)
{
    const char *answer = answers_get(&page->visit->answers, field->id);
    const char *fault = fault_words(page, field);

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_column(MM_G));
    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        const char *help = words_local(page, &choice->help);
        const char *id = tree_format(page->tree, "form.%s.%s", field->id, choice->id);
        Style style = style_card(0.0F);
        style.axis = AXIS_ROW;
        style.align = ALIGN_CENTRE;
        style.gap = 7.0F;
        style.min_height = field->choice_count > 7 ? 30.0F : 50.0F;
        style.pad_top = style.pad_bottom = MM_G;
        style.pad_left = style.pad_right = MM_G2;
        Node *node = tree_open(page->tree, ROLE_CHOICE, id, "", style);
        node->send = (Send){ ACT_CHOOSE, (uint16_t)i };
        node->state |= answer && strcmp(answer, choice->id) == 0 ? NODE_CHOSEN : 0;
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
        part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &choice->label));
        if (help[0])
            part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, help);
        tree_close(page->tree);
        tree_close(page->tree);
    }
    tree_close(page->tree);
    if (fault[0]) {
        part_space(page, MM_G2);
        Node *node = part_notice(page, ROLE_ALERT, (Notice){ "warn", COLOUR_BAD_TINT, COLOUR_BAD, fault, "" });
        str_copy_cut(str_from("form.error"), node->id, sizeof node->id);
    }
}

/* "24.11.20" as far as it was typed. */
static const char *date_typed(Page *page, const char *digits)
{
    OWNED_BUF buf;

    buf_init(&buf, 32);
    for (size_t i = 0; digits[i]; i++) {
        if (i == 2 || i == 4)
            buf_add_byte(&buf, '.');
        buf_add_byte(&buf, (uint8_t)digits[i]);
    }
    return tree_text(page->tree, buf_text(&buf));
}

static const char *typed(Page *page, const Field *field)
{
    const char *text = page->visit->form.typed;

    return field->kind == FIELD_DATE ? date_typed(page, text) : tree_text(page->tree, text);
}

static void under_field(Page *page, const Field *field)
{
    const char *example = words_local(page, &field->example);

    part_space(page, 3.0F);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G });
    /* TRANSLATORS: under a field: {0} is an example of an answer */
    const char *words = example[0] ? fill(page, say(page, "For example: {0}"), example) : "";
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.grow = 1.0F;
    if (field->kind == FIELD_TEXT) {
        const char *count = words_number(page, (int64_t)utf8_count(str_from(page->visit->form.typed)));
        const char *of = fill(page, "{0} / {1}", count, words_number(page, field->most));
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, of);
    }
    tree_close(page->tree);
}

static void written(Page *page, const Field *field)
{
    const char *fault = fault_words(page, field);
    Style style = { .axis = AXIS_ROW, .align = ALIGN_CENTRE, .height = 30.0F, .tabular = field->kind != FIELD_TEXT };
    /* TRANSLATORS: label of a field that a question stands over */
    Node *node = tree_leaf(page->tree, ROLE_FIELD, tree_format(page->tree, "form.%s", field->id),
                           say(page, "Your answer"), style);

    node->value = typed(page, field);
    node->hint = tree_text(page->tree, field->kind == FIELD_DATE ? say(page, "day, month, year") : "");
    node->state |= NODE_FILLING | (fault[0] ? NODE_FAULTY : 0);
    node->error = tree_text(page->tree, fault);
    under_field(page, field);
    frame_keyboard(page);
}

void screen_form(Page *page)
{
    size_t total = 0;
    const Field *field = model_question(page->model, &total);

    frame_open(page);
    if (field) {
        steps(page, page->visit->form.question, total);
        frame_title(page, words_local(page, &field->label), words_local(page, &field->help));
        part_space(page, MM_G3);
        if (field->kind == FIELD_CHOICE)
            choices(page, field);
        else
            written(page, field);
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_main(page, "form.next", say(page, "Continue"), "next", ACT_FORM_NEXT);
    frame_close(page);
}

/* --- review --------------------------------------------------------------------------------------------------------
 */

static const char *answer_words(Page *page, const Field *field)
{
    const char *answer = answers_get(&page->visit->answers, field->id);

    if (!answer)
        /* TRANSLATORS: in the review: a question that was left empty */
        return say(page, "not answered");
    if (field->kind == FIELD_DATE)
        return words_iso_date(page, answer);
    for (size_t i = 0; field->kind == FIELD_CHOICE && i < field->choice_count; i++)
        if (strcmp(field->choices[i].id, answer) == 0)
            return words_local(page, &field->choices[i].label);
    /* TRANSLATORS: {0} is what the student typed, in the language's quotes */
    return field->quoted ? fill(page, say(page, "“{0}”"), answer) : tree_text(page->tree, answer);
}

void screen_review(Page *page)
{
    const Service *service = model_service(page->model);
    size_t total = model_questions(page->model);

    frame_open(page);
    /* TRANSLATORS: title of the review of all answers */
    frame_title(page, say(page, "Your answers"), say(page, "Look through them; each can be changed."));
    part_space(page, MM_G3);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
    for (size_t n = 0; service && n < total; n++) {
        const Field *field = &service->fields[form_asked(service, &page->visit->answers, n, NULL)];
        Style style = style_row(6.0F);
        style.min_height = 44.0F;
        style.pad_top = style.pad_bottom = 7.0F;
        style.pad_left = style.pad_right = MM_G2;
        if (n > 0)
            part_line(page);
        tree_open(page->tree, ROLE_GROUP, NULL, "", style);
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.5F });
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words_local(page, &field->label));
        part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, answer_words(page, field));
        tree_close(page->tree);
        const char *id = tree_format(page->tree, "review.change.%s", field->id);
        /* TRANSLATORS: button beside an answer */
        part_button(page, (Button){ BUTTON_SECOND, id, say(page, "Change"), "edit", false, ACT_CHANGE, (uint16_t)n });
        tree_close(page->tree);
    }
    tree_close(page->tree);
    part_space(page, MM_G3);
    part_note(page, "eye", say(page, "Next you see the page as it will be printed."));
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_main(page, "review.next", say(page, "Continue"), "next", ACT_REVIEW_NEXT);
    frame_close(page);
}
