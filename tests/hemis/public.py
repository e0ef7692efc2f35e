"""What anybody may ask (facts 5, last lines)."""
from wire import ok


def university_list(world, request):
    institution, view = world.people.institution, world.view(request)
    return ok([{"code": institution["code"], "name": view.words(institution["names"]), "tin": "200000001", "api_url": request.base + "/rest/"}])


def university_profile(world, request):
    institution, view = world.people.institution, world.view(request)
    return ok({"code": institution["code"], "name": view.words(institution["names"]), "tin": "200000001", "logo": None,
               "address": view.words(institution["address"]), "contact": institution.get("phone"), "bank_details": None, "mailing_address": None,
               "soato": "1726", "ownership": view.coded("ownership", "11")})
