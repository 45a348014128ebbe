namespace CrmWeb.Domain.Customers;

public enum CustomerKind
{
    Person = 0,
    Organisation = 1,
}

/// <summary>How far the relation has come, in the order of the journey.</summary>
public enum LifecycleStage
{
    Lead = 0,
    Prospect = 1,
    Customer = 2,
    Loyal = 3,
    Dormant = 4,
    Churned = 5,
}

/// <summary>The way a contact takes.</summary>
public enum Channel
{
    Call = 0,
    Email = 1,
    Meeting = 2,
    Chat = 3,
    Social = 4,
    Visit = 5,
    Note = 6,
}

public enum Direction
{
    Outbound = 0,
    Inbound = 1,
}

/// <summary>What came of a contact.</summary>
public enum Outcome
{
    None = 0,
    Reached = 1,
    NoAnswer = 2,
    LeftMessage = 3,
    Interested = 4,
    NotInterested = 5,
    FollowUp = 6,
    Resolved = 7,
}
