#include "registrar/document/jpeg.h"

#include <jerror.h>

static void failed(j_common_ptr codec)
{
    JpegFault *fault = (JpegFault *)codec->err;

    codec->err->format_message(codec, fault->text);
    longjmp(fault->back, 1);
}

static void warned(j_common_ptr codec, int level)
{
    const JpegFault *fault = (const JpegFault *)codec->err;

    if (level < 0 && !(fault->forgives_surplus && codec->err->msg_code == JWRN_EXTRANEOUS_DATA))
        failed(codec);
}

static void silent(j_common_ptr codec UNUSED) {}

static void went_on(j_common_ptr codec)
{
    const j_decompress_ptr reading = (j_decompress_ptr)codec;

    if (codec->is_decompressor && reading->input_scan_number > JPEG_SCANS_MOST) {
        JpegFault *fault = (JpegFault *)codec->err;

        (void)snprintf(fault->text, sizeof fault->text, "more than %d scans", JPEG_SCANS_MOST);
        longjmp(fault->back, 1);
    }
}

void jpeg_fault_init(JpegFault *fault)
{
    *fault = (JpegFault){ .progress = { .progress_monitor = went_on } };
    jpeg_std_error(&fault->base);
    fault->base.error_exit = failed;
    fault->base.emit_message = warned;
    fault->base.output_message = silent;
}

void jpeg_fault_watch(JpegFault *fault, struct jpeg_decompress_struct *decoder)
{
    decoder->progress = &fault->progress;
}
