#include "kiosk/devices/scanner.h"

#include <string.h>

#include "base/memory.h"

void scanner_forget(Scanner *scanner)
{
    mem_wipe(scanner, sizeof *scanner);
}

int64_t scanner_due(const Scanner *scanner)
{
    return scanner->length > 0 || scanner->too_long ? scanner->last_ms + SCAN_GAP_MS + 1 : INT64_MAX;
}

ScannerSays scanner_time(Scanner *scanner, int64_t now_ms)
{
    if (now_ms < scanner_due(scanner))
        return SCANNER_NOTHING;
    if (!scanner->too_long)
        return SCANNER_TYPED;
    scanner_forget(scanner);
    return SCANNER_NOTHING;
}

void scanner_text(Scanner *scanner, const char *text, int64_t now_ms)
{
    const size_t length = strlen(text);

    scanner->last_ms = now_ms;
    if (scanner->too_long || length > SCAN_BYTES_MOST - scanner->length) {
        mem_wipe(scanner->text, sizeof scanner->text);
        scanner->length = 0;
        scanner->too_long = true;
        return;
    }
    memcpy(scanner->text + scanner->length, text, length + 1);
    scanner->length += length;
}

ScannerSays scanner_enter(Scanner *scanner)
{
    if (scanner->too_long) {
        scanner_forget(scanner);
        return SCANNER_SCANNED; /* of nothing: text is "" */
    }
    if (scanner->length == 0)
        return SCANNER_NOTHING;
    return scanner->length >= SCAN_LEAST ? SCANNER_SCANNED : SCANNER_TYPED;
}
