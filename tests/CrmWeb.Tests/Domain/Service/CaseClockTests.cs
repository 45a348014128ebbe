using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;

namespace CrmWeb.Tests.Domain.Service;

public class CaseClockTests
{
    private static readonly DateTime Monday = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private static readonly BusinessCalendar Office =
        new(TimeZoneInfo.Utc, Enum.GetValues<DayOfWeek>().Select(day => new OpeningTime(day, 9 * 60, 17 * 60)), []);

    private static readonly SlaClock Clock = new(Office, 60, 600);

    private static Customer Somebody() => new(new CustomerDetails { Kind = CustomerKind.Person, Name = "Ava" }, Monday);

    private static Case New(SlaClock? clock = null) => new(Somebody(), new CaseDetails { Subject = "Broken" }, clock ?? Clock, null, Monday);

    [Fact]
    public void New_WithPromises_HasBothClocks_AndIsWarnedOfTheEarlier()
    {
        var its = New();
        Assert.Equal(Monday.AddHours(1), its.AnswerDueAt);
        Assert.Equal(Monday.AddDays(1).AddHours(2), its.ResolveDueAt);
        Assert.Equal(its.AnswerDueAt, its.NextDueAt);
        Assert.Equal(Monday.AddMinutes(48), its.WarnAt);
    }

    [Fact]
    public void New_WithoutPromises_HasNone()
    {
        var its = New(new SlaClock(Office, null, null));
        Assert.Null(its.NextDueAt);
        Assert.False(its.IsBreached(Monday.AddYears(1)));
    }

    [Fact]
    public void Answer_OnceGiven_StopsItsClock_AndTheOtherGoesOn()
    {
        var its = New();
        its.Answer(Monday.AddMinutes(30), Clock, Monday.AddMinutes(31));
        Assert.Equal((CaseState.Open, 30), (its.State, its.AnsweredInMinutes));
        Assert.Equal(its.ResolveDueAt, its.NextDueAt);
        its.Answer(Monday.AddMinutes(40), Clock, Monday.AddMinutes(41));
        Assert.Equal(Monday.AddMinutes(30), its.AnsweredAt);
        Assert.False(its.IsBreached(Monday.AddHours(3)));
    }

    [Fact]
    public void Answer_BeforeTheCaseWasWritten_CountsAsAtOnce()
    {
        var its = New();
        its.Answer(Monday.AddMinutes(-10), Clock, Monday);
        Assert.Equal((Monday, 0), (its.AnsweredAt!.Value, its.AnsweredInMinutes!.Value));
    }

    [Fact]
    public void Wait_ClocksStandStill_AndMoveOnByTheTimeOfBusiness()
    {
        var its = New();
        its.Answer(Monday, Clock, Monday);
        var due = its.ResolveDueAt;
        its.Wait(Monday.AddHours(7));
        Assert.Null(its.NextDueAt);
        // an hour on Monday, another on Tuesday
        its.Open(Clock, Monday.AddDays(1).AddHours(1));
        Assert.Equal(120, its.WaitedMinutes);
        Assert.Equal(due!.Value.AddHours(2), its.NextDueAt);
        Assert.Null(its.WaitingSince);
    }

    [Fact]
    public void Resolve_WhileWaiting_CountsNoWait()
    {
        var its = New();
        its.Wait(Monday.AddHours(1));
        its.Resolve("Sent another", null, null, Clock, null, Monday.AddHours(5));
        Assert.Equal((CaseState.Resolved, 60), (its.State, its.ResolvedInMinutes));
        Assert.Null(its.NextDueAt);
        Assert.False(its.IsBreached(Monday.AddYears(1)));
    }

    [Fact]
    public void Due_OtherRules_MoveWhatRuns_NotWhatWasKept()
    {
        var its = New();
        its.Answer(Monday.AddMinutes(30), Clock, Monday.AddMinutes(30));
        var answerDue = its.AnswerDueAt;
        its.Due(new SlaClock(Office, 5, 30), Monday.AddMinutes(31));
        Assert.Equal(answerDue, its.AnswerDueAt);
        Assert.Equal(Monday.AddMinutes(30), its.NextDueAt);
        Assert.True(its.IsBreached(Monday.AddMinutes(31)));
    }

    [Fact]
    public void Open_AfterItWasResolved_RunsAgain()
    {
        var its = New();
        its.Resolve(null, null, null, Clock, null, Monday.AddMinutes(10));
        its.Open(Clock, Monday.AddMinutes(20));
        Assert.Equal(CaseState.Open, its.State);
        Assert.Null(its.ResolvedInMinutes);
        Assert.Equal(Monday.AddMinutes(70), its.NextDueAt);
    }

    [Fact]
    public void Open_AfterItWasResolved_GoesOnWhereItsClockStood()
    {
        var its = New();
        its.Resolve(null, null, null, Clock, null, Monday.AddMinutes(10));
        // resolved for five hours of Monday, the night, and an hour of Tuesday
        its.Open(Clock, Monday.AddDays(1).AddHours(1));
        Assert.Equal(Monday.AddDays(1).AddHours(1).AddMinutes(50), its.NextDueAt);
        Assert.False(its.IsBreached(Monday.AddDays(1).AddHours(1)));
        its.Resolve(null, null, null, Clock, null, Monday.AddDays(1).AddHours(1).AddMinutes(20));
        Assert.Equal(30, its.ResolvedInMinutes);
    }

    [Fact]
    public void Open_AfterItWasResolvedTooLate_IsAsLateAsItWas()
    {
        var its = New();
        its.Answer(Monday, Clock, Monday);
        // promised in ten hours, resolved after eleven
        var late = Monday.AddDays(1).AddHours(3);
        its.Resolve(null, null, null, Clock, null, late);
        its.Open(Clock, late.AddHours(2));
        Assert.Equal(late.AddHours(1), its.NextDueAt);
        Assert.True(its.IsBreached(late.AddHours(2)));
    }

    [Fact]
    public void Answer_WhileWaiting_CountsNoWait()
    {
        var its = New();
        its.Wait(Monday.AddMinutes(30));
        its.Answer(Monday.AddHours(5), Clock, Monday.AddHours(6));
        Assert.Equal(30, its.AnsweredInMinutes);
        Assert.False(its.IsBreached(Monday.AddHours(6)));
        Assert.Equal(CaseState.Waiting, its.State);
        // the rest of the wait belongs to the clock of the end alone
        its.Open(Clock, Monday.AddHours(7));
        Assert.Equal((390, 30), (its.WaitedMinutes, its.AnsweredInMinutes!.Value));
        Assert.False(its.IsBreached(Monday.AddHours(7)));
    }

    [Fact]
    public void Wait_OnceItWasTooLate_HidesNothing()
    {
        var its = New();
        its.Wait(Monday.AddHours(2));
        Assert.True(its.IsBreached(Monday.AddHours(3)));
        its.Answer(Monday.AddMinutes(30), Clock, Monday.AddHours(3));
        Assert.False(its.IsBreached(Monday.AddHours(3)));
    }

    [Fact]
    public void Resolve_WithoutAnAnswer_IsTooLateOnceThatWasDue()
    {
        var (late, early) = (New(), New());
        early.Resolve(null, null, null, Clock, null, Monday.AddMinutes(50));
        late.Resolve(null, null, null, Clock, null, Monday.AddMinutes(70));
        Assert.Equal((false, true), (early.IsBreached(Monday.AddYears(1)), late.IsBreached(Monday.AddYears(1))));
    }

    [Fact]
    public void TakeBackResolve_IsNewOrWaitsAsBefore()
    {
        var (fresh, waiting) = (New(), New());
        Assert.False(fresh.TakeBackResolve(true, null, Clock, Monday));
        fresh.Resolve(null, null, null, Clock, null, Monday.AddMinutes(10));
        Assert.True(fresh.TakeBackResolve(true, null, Clock, Monday.AddMinutes(20)));
        Assert.Equal((CaseState.New, 10, Monday.AddMinutes(70)), (fresh.State, fresh.WaitedMinutes, fresh.NextDueAt!.Value));
        var since = Monday.AddMinutes(30);
        waiting.Wait(since);
        waiting.Resolve(null, null, null, Clock, null, Monday.AddMinutes(50));
        Assert.True(waiting.TakeBackResolve(false, since, Clock, Monday.AddMinutes(55)));
        Assert.Equal((CaseState.Waiting, since, 0), (waiting.State, waiting.WaitingSince!.Value, waiting.WaitedMinutes));
        Assert.Null(waiting.NextDueAt);
        waiting.Open(Clock, Monday.AddMinutes(60));
        Assert.Equal(Monday.AddMinutes(90), waiting.NextDueAt);
    }

    [Fact]
    public void Answer_FromBeforeTheWait_CountsNothingOfIt()
    {
        var its = New();
        its.Wait(Monday.AddMinutes(30));
        its.Answer(Monday.AddMinutes(20), Clock, Monday.AddHours(5));
        Assert.Equal((20, Monday.AddHours(1)), (its.AnsweredInMinutes!.Value, its.AnswerDueAt!.Value));
    }

    [Fact]
    public void Steps_ThatAreDoneAlready_SayThatNothingHappened()
    {
        var its = New();
        Assert.False(its.TakeBackAnswer(Clock, Monday));
        Assert.True(its.Answer(Monday, Clock, Monday));
        Assert.False(its.Answer(Monday.AddMinutes(1), Clock, Monday));
        Assert.False(its.Open(Clock, Monday));
        Assert.True(its.Wait(Monday));
        Assert.False(its.Wait(Monday));
        Assert.False(its.Close(null, Monday));
        Assert.True(its.Resolve(null, null, null, Clock, null, Monday));
        Assert.False(its.Resolve("Other", null, null, Clock, null, Monday));
        Assert.False(its.TakeBackAnswer(Clock, Monday) || its.Wait(Monday) || its.TakeBackClose(Monday));
        Assert.True(its.Close(null, Monday));
        Assert.False(its.Close(null, Monday));
        Assert.True(its.TakeBackClose(Monday));
        Assert.True(its.Open(Clock, Monday));
        Assert.Null(its.Resolution);
    }

    [Fact]
    public void Close_Resolved_AsksHowItWent()
    {
        var customer = Somebody();
        var its = new Case(customer, new CaseDetails { Subject = "Broken" }, Clock, null, Monday);
        its.Close(null, Monday);
        Assert.Equal(CaseState.New, its.State);
        its.Resolve(null, null, null, Clock, null, Monday);
        its.Close(null, Monday.AddMinutes(5));
        Assert.Equal([CustomerEvent.CaseOpened, CustomerEvent.CaseResolved, CustomerEvent.CaseClosed, CustomerEvent.SatisfactionDue], customer.Events.Select(e => e.Kind));
    }
}
