#include "registrar/api/pages.h"
#include "registrar/api/routes.h"

bool api_context_init(ApiContext *context, Office *office, Log *log, const char *web_folder, Error *err)
{
    *context = (ApiContext){ .office = office, .log = log };
    context->institution = institution_load(office_config(office)->institution_file, err);
    if (context->institution)
        context->pages = pages_load(web_folder, err);
    if (context->pages)
        return true;
    api_context_fini(context);
    return false;
}

void api_context_fini(ApiContext *context)
{
    pages_free(context->pages);
    institution_free(context->institution);
    *context = (ApiContext){ 0 };
}
