using CrmWeb.Domain.Segments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Where a rule is wrong, for programs: beside the words, in the problem itself.</summary>
internal static class RuleProblem
{
    public static IActionResult Of(ModelStateDictionary errors, string field, RuleError error, Func<IActionResult> invalid)
    {
        errors.AddModelError(field, error.ToString());
        return Beside(invalid(), error);
    }

    public static IActionResult Beside(IActionResult invalid, RuleError? error)
    {
        if (error is null || invalid is not ObjectResult { Value: ProblemDetails problem }) return invalid;
        problem.Extensions["position"] = error.Position;
        problem.Extensions["expected"] = error.Expected;
        if (error.Found is { } found) problem.Extensions["found"] = found;
        if (error.Suggestion is { } meant) problem.Extensions["suggestion"] = meant;
        if (error.Path is { } path) problem.Extensions["path"] = path;
        return invalid;
    }
}
