/* The page as it will come out, before any number is taken. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

#define PREVIEW_WIDTH_LEAST 200 /* pixels, by wire/api.h */
#define PREVIEW_WIDTH_MOST  2000

void preview_drop(Visit *visit)
{
    blob_drop(steal(&visit->preview.png));
    visit->preview.pages = 0;
}

static int picture_width(const Model *model)
{
    int width = model_page_pixels(model);

    if (width < PREVIEW_WIDTH_LEAST)
        return PREVIEW_WIDTH_LEAST;
    return width > PREVIEW_WIDTH_MOST ? PREVIEW_WIDTH_MOST : width;
}

void preview_ask(const Step *step)
{
    Visit *visit = step->visit;
    Cmd *cmd = step_ask(step, CMD_PREVIEW);
    ApiPreview *preview = &cmd->as.preview.preview;

    preview_drop(visit);
    cmd->as.preview.serial = ++visit->preview.serial;
    memcpy(preview->service, visit->service, sizeof preview->service);
    preview->language = visit->document_language;
    preview->answers = visit->answers;
    preview->width = picture_width(step->model);
}

void preview_open(const Step *step)
{
    step_show(step, SCREEN_PREVIEW);
    step_cmd(step, CMD_ASK_PRINTER); /* so that Print knows what to expect */
    preview_ask(step);
}

void preview_take(const Step *step)
{
    Visit *visit = step->visit;
    Msg *msg = step->msg;
    uint32_t serial = msg->kind == MSG_PREVIEW ? msg->as.preview.serial : msg->as.failed.serial;

    if (serial != visit->preview.serial || !step_answers(step, CMD_PREVIEW))
        return;
    if (msg->kind == MSG_FAILED || !msg->as.preview.png || msg->as.preview.pages < 1) {
        fault_failed(step, CMD_PREVIEW);
        return;
    }
    visit->preview.png = steal(&msg->as.preview.png);
    visit->preview.pages = msg->as.preview.pages;
}

static void take_language(const Step *step, uint16_t arg)
{
    Visit *visit = step->visit;
    Terms terms = model_terms(step->model);

    if (arg == visit->document_language || arg >= LANGUAGE_COUNT || !terms_have_language(&terms, (Language)arg))
        return;
    visit->document_language = (Language)arg;
    issue_forget(step); /* another language is another request */
    visit->draft.changed = true;
    draft_save(step);
    preview_ask(step);
}

void preview_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK) {
        visit->waiting = (Waiting){ 0 }; /* its serial makes a late picture worthless */
        preview_drop(visit);
        form_open_last(step);
    } else if (act == ACT_DOCUMENT_LANGUAGE)
        take_language(step, arg);
    else if ((act == ACT_PRINT || act == ACT_BOTH) && visit->preview.png) {
        visit->issue.carrier = CARRIER_PAPER;
        visit->phone.wanted = act == ACT_BOTH;
        issue_begin(step);
    } else if (act == ACT_TO_PHONE && visit->preview.png)
        phone_begin(step);
}
