using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Why a segment cannot come back, and what to do about it.</summary>
public static class SegmentObstacleWords
{
    public static string Of(this IStringLocalizer L, SegmentInTheWay obstacle)
    {
        var names = string.Join(L[", "], obstacle.Names);
        return obstacle.Why switch
        {
            SegmentObstacle.NameTaken => L["There is a segment of this name already."],
            SegmentObstacle.NoRoom => L["There are {0} segments already, and more do not fit.", Segment.Most],
            SegmentObstacle.SegmentsGone => L["Its rule needs segments that are deleted: {0}.", names],
            SegmentObstacle.TagsGone => L["The rule of {0} asks for tags that are deleted. Make a new segment in its place.", names],
            SegmentObstacle.RuleBroken => L["The rule of {0} asks for a field that is gone, or of another type now. Make a new segment in its place.", names],
            _ => L["{0} cannot give a service tier: its rule depends on the tiers that segments give.", names],
        };
    }
}
