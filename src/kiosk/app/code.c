/* A QR code for a phone, as large as the glass has room for it now. */
#include "kiosk/app/flow.h"

#include "base/memory.h"
#include "wire/qr.h"

#define QR_VERSION_MOST 13

void code_drop(CodePicture *code)
{
    blob_drop(code->png);
    mem_wipe(code, sizeof *code);
}

static bool draw(const Qr *qr, int module_px, Blob **ret)
{
    OWNED_BUF png;

    buf_init(&png, 1u << 20);
    if (!qr_png(qr, module_px, &png, NULL))
        return false;
    *ret = blob_take_buf(&png);
    return *ret != NULL;
}

/* small_px 0: as large as the glass has room for. */
static bool keep(const Model *model, CodePicture *code, const char *address, int small_px)
{
    Qr qr;
    Blob *png;

    if (code->png && code->module_px == (small_px ? small_px : model_qr_module(model, code->side)))
        return true;
    if (!qr_make_address(str_from(address), QR_VERSION_MOST, &qr, NULL))
        return code->png != NULL;
    int side = qr.side + 2 * QR_QUIET, module_px = small_px ? small_px : model_qr_module(model, side);
    if (!draw(&qr, module_px, &png))
        return code->png != NULL;
    blob_drop(code->png);
    *code = (CodePicture){ .png = png, .side = side, .module_px = module_px, .px = side * module_px };
    return true;
}

bool code_keep(const Model *model, CodePicture *code, const char *address)
{
    return keep(model, code, address, 0);
}

bool code_keep_small(const Model *model, CodePicture *code, const char *address)
{
    return keep(model, code, address, model_link_module(model));
}
