/* Views: the console's pages, templates of assets/web/console filled from JSON.  The syntax is that of pages.h, but
 * values are those of one object, and of those around it:
 *
 *     {{name}}              a string or an integer, escaped; one that is not there is a fault of whoever made the view
 *     {{#name}} {{/name}}   when it is there and not false, null, "", 0 or []; of an object, with its values inside
 *     {{^name}} {{/name}}   when it is not
 *     {{*rows}} {{/rows}}   once for each object of an array, with its values inside and those of the page around them
 *     {{t:id a b}}          a text, with the values a and b in it
 *     {{a:console.css}}     the address of a style, a script, an icon
 *     {{>_file.html}}       a part; parts begin with "_" and are no pages
 *
 * Names are of a-z, 0-9 and "-".  A view holds words as they are shown: no template writes a date or a number. */
#ifndef REGISTRAR_API_VIEWS_H
#define REGISTRAR_API_VIEWS_H

#include <jansson.h>

#include "registrar/api/pages.h"
#include "registrar/api/view_assets.h"

#define VIEW_BYTES_MOST (2u << 20)

/* name: of the file, without ".html". */
bool view_write(const Pages *pages, const char *name, Language language, const json_t *view, Buf *ret,
                Error *err) MUST_USE;
/* A text that code asks for, which begins with "say.": "" where there is none.  Lives as long as pages. */
const char *view_text(const Pages *pages, Language language, const char *id);
/* Of every view: nothing but what this host serves. */
const char *view_policy(void);
/* NULL: there is none.  Lives as long as pages. */
const ViewAsset *view_asset(const Pages *pages, Str name);

#endif
