/* First the paper and where it lies, then the phone, how it is checked, then go. */
#include "kiosk/screens/build.h"

#define PICTURE_MM       150.0F
#define PICTURE_HIGH     (160.0F / 150.0F)
#define PICTURE_LEAST_MM 50.0F
#define WORDS_MM         110.0F /* beside the picture, for text of 100 % */
#define LOW_MM           160.0F /* of content: the picture gives way */

static void head(Page *page, int sheets)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_plate(page, (Plate){ "check", 30.0F, 18.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 2.0F });
    /* TRANSLATORS: title: the paper is printed */
    tree_leaf(page->tree, ROLE_HEADING, "title", say(page, "Take your paper"),
              style_text(TEXT_TITLE, WEIGHT_OF_ROLE, COLOUR_GOOD));
    const char *words = fill(page, say_n(page, "The page came out whole.", "All {0} pages came out whole.", sheets),
                             words_number(page, sheets));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

/* The picture takes what the phone's code and the words leave of the height. */
static float picture_mm(const Page *page, bool code)
{
    float rest = page->inside - 3.0F * MM_G3 - WORDS_MM * page->scale;
    float high = page_content_height(page) - (code ? model_qr_width(page->model) + 100.0F : 150.0F) * page->scale;
    float mm = PICTURE_MM < rest ? PICTURE_MM : rest;

    if (page_two_columns(page))
        high = page_content_height(page) - 100.0F;
    mm = mm < high / PICTURE_HIGH ? mm : high / PICTURE_HIGH;
    return mm < PICTURE_LEAST_MM ? 0.0F : mm;
}

static void where(Page *page, int sheets, bool code)
{
    float mm = picture_mm(page, code);
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = MM_G3;
    style.grow = 1.0F;
    style.pad_left = style.pad_right = MM_G3;
    style.pad_top = style.pad_bottom = mm > 0.0F ? MM_G : MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    if (mm > 0.0F)
        tree_leaf(page->tree, ROLE_IMAGE, NULL, "", (Style){ .width = mm, .height = mm * PICTURE_HIGH })->icon =
            "picture-printer-done";
    else
        part_plate(page, (Plate){ "print", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = MM_G });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "In the printer of this kiosk"));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
              fill(page, say_n(page, "{0} sheet. Take it with you.", "{0} sheets. Take them all.", sheets),
                   words_number(page, sheets)));
    tree_close(page->tree);
    tree_close(page->tree);
}

static void how_checked(Page *page)
{
    const IssueState *issue = &page->visit->issue;
    const bool of_hemis = issue->issued && !issue->paper.code[0];
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = MM_G3;
    style.pad_left = style.pad_right = MM_G3;
    style.pad_top = style.pad_bottom = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_plate(page, (Plate){ "shield", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 3.0F });
    /* TRANSLATORS: heading over what stands on a paper that HEMIS made */
    const char *who = of_hemis ? say(page, "HEMIS made this paper") : say(page, "Anyone can check it with a phone");
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, who);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
              of_hemis ? say(page, "It is valid as HEMIS gave it, with HEMIS’s own number and QR code.")
                       : say(page, "The QR code on the paper opens a page that checks it."));
    if (issue->issued && of_hemis && issue->paper.number[0])
        part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, fill(page, "№ {0}", issue->paper.number));
    /* TRANSLATORS: {0} the paper's number, {1} its check code */
    const char *words = fill(page, say(page, "№ {0} · code {1}"), issue->paper.number, issue->paper.code);
    if (issue->issued && !of_hemis)
        part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

/* The code that was wished for with the paper, or a way to it. */
static bool shows_code(const Page *page)
{
    const PhoneState *phone = &page->visit->phone;

    return phone->qr || phone->doing == CMD_PHONE_LINK;
}

static void phone(Page *page)
{
    const PhoneState *phone = &page->visit->phone;
    const bool with_code = page->visit->issue.paper.code[0] != '\0';
    bool taken = phone->link.state == PHONE_USED && !phone->link.withdrawn;

    if (!model_offers_phone(page->model))
        return;
    if (shows_code(page)) {
        phone_code_card(page);
        return;
    }
    part_way(page, (Way){ "done.phone", taken ? "check" : "phone",
                          taken ? fill(page, say(page, "Taken at {0}"), words_time(page, phone->link.taken_at_s * 1000))
                                : say(page, "On your phone too"),
                          with_code ? say(page, "The same document as a PDF, with a code of its own")
                                    : say(page, "The same document as a PDF"),
                          ACT_TO_PHONE, 0, false, 40.0F });
}

void part_signed_out_in(Page *page)
{
    int left = model_seconds_left(page->model);

    if (left <= 0)
        return;
    part_space(page, MM_G2);
    /* TRANSLATORS: at the foot of the last screen */
    const char *words = fill(page,
                             say_n(page, "Without a touch you are signed out in {0} second.",
                                   "Without a touch you are signed out in {0} seconds.", left),
                             words_number(page, left));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.text_align = ALIGN_CENTRE;
}

/* Where the state decides: what was prepared goes there, and nothing was filed. */
static void portal(Page *page, const Service *service)
{
    CodeCard card = { .id = "done.portal",
                      .picture = &page->visit->portal,
                      /* TRANSLATORS: title beside a state portal's QR code; {0} its name */
                      .title = fill(page, say(page, "Now apply there: {0}"), words_local(page, &service->portal->name)),
                      .steps = { say(page, "Point your phone’s camera at the code and sign in there."),
                                 say(page, "Fill in the application with what stands on the paper."),
                                 service->bring_count > 0 ? say(page, "Attach the papers that the paper lists.")
                                                          : NULL },
                      .address = service->portal->address };

    part_code_card(page, &card);
    part_space(page, MM_G2);
    part_note(page, "warn", say(page, "It is prepared, not filed: it is taken and decided there."));
}

void screen_done(Page *page)
{
    const Model *model = page->model;
    int sheets = model->visit.issue.paper.pages > 0 ? model->visit.issue.paper.pages : 1;
    bool code = shows_code(page);
    const Service *service = model_service(model);
    bool portals = service && service->portal && page->visit->portal.png;

    frame_open(page);
    part_columns_open(page, 0.5F);
    head(page, sheets);
    part_space(page, MM_G2);
    where(page, sheets, code);
    part_columns_next(page);
    if (!page_two_columns(page))
        part_space(page, MM_G2);
    if (portals)
        portal(page, service);
    else
        phone(page);
    if (!code && !portals) {
        part_space(page, MM_G2);
        how_checked(page);
    }
    part_columns_close(page);
    part_signed_out_in(page);
    frame_bar(page);
    /* TRANSLATORS: button: back to all services */
    part_button(page, (Button){ BUTTON_SECOND, "done.again", say(page, "Something else"), "plus", false,
                                ACT_SOMETHING_ELSE, 0 });
    part_push(page);
    Node *finish = part_main(page, "done.finish", say(page, "Finish"), "exit", ACT_FINISH);
    finish->icon_after = false;
    frame_close(page);
}
